package dev.hone.dsl.feel;

/** A text that is not an expression. The message is one sentence; the offset counts UTF-16 units of the text read. */
public final class FeelSyntaxException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int offset;

    FeelSyntaxException(int offset, String message) {
        super(message);
        this.offset = offset;
    }

    /** Where reading stopped making sense; 0 is the first character. */
    public int offset() {
        return offset;
    }
}
