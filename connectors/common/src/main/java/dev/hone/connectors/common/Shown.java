package dev.hone.connectors.common;

/** Texts from outside, as a message may show them. */
public final class Shown {

    private static final int LONGEST = 200;

    private Shown() {}

    /** One line of at most 200 characters. */
    public static String line(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
