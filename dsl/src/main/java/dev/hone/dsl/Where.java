package dev.hone.dsl;

/**
 * A place in a source file.
 *
 * @param file as the user named it
 * @param line 1 is the first
 * @param column 1 is the first, counted in UTF-16 code units
 */
public record Where(String file, int line, int column) {

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
