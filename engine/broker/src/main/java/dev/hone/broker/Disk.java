package dev.hone.broker;

import dev.hone.broker.BrokerException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Room on a disk, asked for before it is needed: a full disk in mid-write is a worse message. */
final class Disk {

    private Disk() {}

    static void require(Path directory, long bytes, String purpose, String otherwise) throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        if (free < bytes) {
            throw new BrokerException(
                    Kind.DISK_FULL,
                    "There are " + (free >> 20) + " MB free on the disk of " + directory + "; to " + purpose + " needs "
                            + (bytes >> 20) + " MB.",
                    "Free some space there, or " + otherwise + ".");
        }
    }
}
