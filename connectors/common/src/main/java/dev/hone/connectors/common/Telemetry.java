package dev.hone.connectors.common;

/** Libraries that tell their makers where they run. */
public final class Telemetry {

    /** Where the Deep Java Library looks. */
    private static final String DJL = "OPT_OUT_TRACKING";

    private Telemetry() {}

    /**
     * Keeps the Deep Java Library, whose tokenizers look for a cloud's metadata and report what they find, from doing so. To
     * be called before the first of them is made; holds for the whole process.
     */
    public static void off() {
        System.setProperty(DJL, "true");
    }
}
