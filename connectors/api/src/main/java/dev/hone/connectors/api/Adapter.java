package dev.hone.connectors.api;

/**
 * What a training has changed of a model: with the model's name it is another version of it. A trainer gives it as part of
 * a slot's new version, {@code {"model": "provider/model", "adapter": {"format": ..., "data": ...}}}; it is kept with the run
 * and handed to the provider whenever the version is asked.
 *
 * @param format how the data is written; the provider that has the model knows it
 * @param data the change itself, or where it lies and what its hash is when it is larger than {@value #LONGEST} characters
 */
public record Adapter(String format, String data) {

    /** The most characters of the data, since a run carries every version that it makes. */
    public static final int LONGEST = 262_144;

    /** @throws IllegalArgumentException when the data is too long, or nothing is said of the format */
    public Adapter {
        if (format.isBlank()) {
            throw new IllegalArgumentException("the adapter does not say its format");
        }
        if (data.length() > LONGEST) {
            throw new IllegalArgumentException("the adapter has " + data.length() + " characters, and at most "
                    + LONGEST + " are kept with a run");
        }
    }
}
