package dev.hone.dsl.feel;

import dev.hone.dsl.feel.FeelToken.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts a text into words. Both quote signs are accepted, because YAML already uses one of them. */
final class FeelLexer {

    private static final List<String> SYMBOLS = List.of(
            "..", "<=", ">=", "!=", "**", "<", ">", "=", "+", "-", "*", "/", "(", ")", "[", "]", "{", "}", ",", ":",
            ".");

    private final String text;
    private final List<FeelToken> tokens = new ArrayList<>();
    private int at;

    private FeelLexer(String text) {
        this.text = text;
    }

    /**
     * @return the words, the last of kind END
     * @throws FeelSyntaxException for a character that FEEL does not have or a text without its closing quote
     */
    static List<FeelToken> cut(String text) throws FeelSyntaxException {
        FeelLexer lexer = new FeelLexer(text);
        while (lexer.skipSpace()) {
            lexer.next();
        }
        lexer.tokens.add(new FeelToken(Kind.END, "", text.length()));
        return lexer.tokens;
    }

    private boolean skipSpace() {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                at = end < 0 ? text.length() : end + 2;
            } else {
                return true;
            }
        }
        return false;
    }

    private void next() throws FeelSyntaxException {
        int start = at;
        char c = text.charAt(at);
        if (Character.isJavaIdentifierStart(c)) {
            while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
                at++;
            }
            add(Kind.WORD, start);
        } else if (isDigit(at) || (c == '.' && isDigit(at + 1))) {
            number();
            add(Kind.NUMBER, start);
        } else if (c == '"' || c == '\'') {
            string(c);
        } else if (c == '`') {
            int end = text.indexOf('`', at + 1);
            if (end <= at + 1) {
                throw new FeelSyntaxException(start, "A name between backticks is not closed or empty.");
            }
            at = end + 1;
            tokens.add(new FeelToken(Kind.QUOTED_NAME, text.substring(start + 1, end), start));
        } else {
            String symbol = SYMBOLS.stream()
                    .filter(s -> text.startsWith(s, start))
                    .findFirst()
                    .orElseThrow(() -> new FeelSyntaxException(
                            start,
                            "The character '" + Character.toString(text.codePointAt(start))
                                    + "' has no meaning here."));
            at += symbol.length();
            add(Kind.SYMBOL, start);
        }
    }

    /** {@code 1}, {@code 1.5}, {@code .5}; the two dots of {@code 1..n} are not its decimal point. */
    private void number() {
        while (isDigit(at)) {
            at++;
        }
        if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(at + 1)) {
            at++;
            while (isDigit(at)) {
                at++;
            }
        }
    }

    private void string(char quote) throws FeelSyntaxException {
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            value.append(text.charAt(at) == '\\' ? escape() : text.charAt(at));
            at++;
        }
        if (at >= text.length()) {
            throw new FeelSyntaxException(start, "The text that begins here has no closing " + quote + ".");
        }
        at++;
        tokens.add(new FeelToken(Kind.STRING, value.toString(), start));
    }

    private char escape() throws FeelSyntaxException {
        int start = at++;
        char c = at < text.length() ? text.charAt(at) : ' ';
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '\\', '"', '\'' -> c;
            case 'u' -> {
                try {
                    char unit = (char) Integer.parseInt(text.substring(at + 1, at + 5), 16);
                    at += 4;
                    yield unit;
                } catch (IndexOutOfBoundsException | NumberFormatException e) {
                    throw new FeelSyntaxException(start, "After \\u four hexadecimal digits must follow.");
                }
            }
            default ->
                throw new FeelSyntaxException(start, "The escape \\" + c + " is unknown; write \\\\ for a backslash.");
        };
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private void add(Kind kind, int start) {
        tokens.add(new FeelToken(kind, text.substring(start, at), start));
    }
}
