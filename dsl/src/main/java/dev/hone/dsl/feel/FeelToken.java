package dev.hone.dsl.feel;

/**
 * A word of an expression.
 *
 * @param text of a name or string its value without quotes; otherwise as written
 * @param offset of its first character
 */
record FeelToken(Kind kind, String text, int offset) {

    enum Kind {
        /** A name or a keyword: FEEL reserves few words, so the reader decides. */
        WORD,
        /** A name between backticks, never a keyword. */
        QUOTED_NAME,
        NUMBER,
        STRING,
        SYMBOL,
        END
    }

    boolean is(String symbolOrWord) {
        return (kind == Kind.SYMBOL || kind == Kind.WORD) && text.equals(symbolOrWord);
    }

    /** As an error message names it. */
    String shown() {
        return switch (kind) {
            case END -> "the end of the expression";
            case STRING -> "the text \"" + text + "\"";
            case WORD, QUOTED_NAME, NUMBER, SYMBOL -> "'" + text + "'";
        };
    }
}
