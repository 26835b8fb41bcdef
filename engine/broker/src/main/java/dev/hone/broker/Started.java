package dev.hone.broker;

/** How a start of the child process went. */
sealed interface Started {

    record Ready(int port) implements Started {}

    /** @param pid of the process that owns the directory, or -1 */
    record Held(long pid) implements Started {}

    record Failed(String code, String message) implements Started {}
}
