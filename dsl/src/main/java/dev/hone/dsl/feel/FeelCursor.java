package dev.hone.dsl.feel;

import dev.hone.dsl.feel.FeelToken.Kind;
import java.util.List;

/** The words of an expression and how far they are read; bounds how high the tree can grow. */
final class FeelCursor {

    private final List<FeelToken> tokens;
    private int at;
    private int nesting;
    private int operators;

    FeelCursor(List<FeelToken> tokens) {
        this.tokens = tokens;
    }

    FeelToken peek() {
        return tokens.get(at);
    }

    FeelToken peekNext() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    FeelToken take() {
        return tokens.get(at++);
    }

    boolean accept(String symbolOrWord) {
        if (peek().is(symbolOrWord)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(String symbolOrWord) throws FeelSyntaxException {
        if (!accept(symbolOrWord)) {
            throw unexpected("'" + symbolOrWord + "'");
        }
    }

    /** Whether the words stand here, and an opening bracket after them. */
    boolean isCallOf(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (at + i >= tokens.size() || !tokens.get(at + i).is(words.get(i))) {
                return false;
            }
        }
        return at + words.size() < tokens.size()
                && tokens.get(at + words.size()).is("(");
    }

    void skip(int words) {
        at += words;
    }

    void enter() throws FeelSyntaxException {
        if (++nesting > FeelReader.MAX_NESTING) {
            throw mistake("The expression is nested more than " + FeelReader.MAX_NESTING + " levels deep.");
        }
    }

    void leave() {
        nesting--;
    }

    /** Called for every operator, call, field and filter. */
    void count() throws FeelSyntaxException {
        if (++operators > FeelReader.MAX_OPERATORS) {
            throw mistake("The expression has more than " + FeelReader.MAX_OPERATORS + " operators.");
        }
    }

    void expectEnd() throws FeelSyntaxException {
        if (peek().kind() != Kind.END) {
            throw unexpected("an operator or the end");
        }
    }

    FeelSyntaxException mistake(String message) {
        return new FeelSyntaxException(peek().offset(), message);
    }

    FeelSyntaxException unexpected(String expected) {
        return mistake("Expected " + expected + ", found " + peek().shown() + ".");
    }
}
