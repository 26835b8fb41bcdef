package dev.hone.dsl.feel;

import dev.hone.dsl.feel.FeelToken.Kind;
import java.util.ArrayList;
import java.util.List;

/** Where the names of an expression stand in its text. */
public final class FeelWords {

    /**
     * A name as it is written.
     *
     * @param of of a field that stands behind a name, that name; otherwise empty
     * @param from of its first character, which may be a backtick
     */
    public record Word(Role role, String name, String of, int from, int to) {}

    public enum Role {
        /** Of the surrounding scope, or bound by {@code for}, {@code some}, {@code every}. */
        NAME,
        /** After a dot. */
        FIELD,
        /** Before the colon of a context. */
        KEY
    }

    private final List<FeelToken> tokens;
    private final List<Word> words = new ArrayList<>();

    private FeelWords(List<FeelToken> tokens) {
        this.tokens = tokens;
    }

    /**
     * In the order of the text; functions, types, keywords and what stands in texts are not among them.
     *
     * @throws FeelSyntaxException when the text is not an expression
     */
    public static List<Word> of(String text) throws FeelSyntaxException {
        FeelReader.read(text);
        FeelWords words = new FeelWords(FeelLexer.cut(text));
        words.find();
        return List.copyOf(words.words);
    }

    private void find() {
        int at = 0;
        while (at < tokens.size()) {
            int function = wordsOfFunction(at);
            if (function > 0) {
                at += function;
            } else {
                role(at, tokens.get(at));
                at++;
            }
        }
    }

    private void role(int at, FeelToken token) {
        boolean field = isAt(at - 1, ".");
        if (token.kind() == Kind.QUOTED_NAME
                || (token.kind() == Kind.WORD && (field || isKey(at) || !FeelReader.KEYWORDS.contains(token.text())))) {
            boolean type = isAt(at - 1, "of") && isAt(at - 2, "instance");
            boolean plainOf = field && at >= 2 && isName(tokens.get(at - 2)) && !isAt(at - 3, ".");
            Role role = field ? Role.FIELD : isKey(at) ? Role.KEY : Role.NAME;
            if (!type) {
                int quotes = token.kind() == Kind.QUOTED_NAME ? 2 : 0;
                words.add(new Word(
                        role,
                        token.text(),
                        plainOf ? tokens.get(at - 2).text() : "",
                        token.offset(),
                        token.offset() + token.text().length() + quotes));
            }
        }
    }

    private static boolean isName(FeelToken token) {
        return token.kind() == Kind.WORD || token.kind() == Kind.QUOTED_NAME;
    }

    private boolean isKey(int at) {
        return isAt(at + 1, ":") && (isAt(at - 1, "{") || isAt(at - 1, ","));
    }

    private int wordsOfFunction(int at) {
        if (tokens.get(at).kind() != Kind.WORD || isAt(at - 1, ".")) {
            return 0;
        }
        for (List<String> function : FeelFunctions.OF_SEVERAL_WORDS) {
            boolean all = isAt(at + function.size(), "(");
            for (int i = 0; all && i < function.size(); i++) {
                all = isAt(at + i, function.get(i));
            }
            if (all) {
                return function.size();
            }
        }
        return isAt(at + 1, "(") && !FeelReader.KEYWORDS.contains(tokens.get(at).text()) ? 1 : 0;
    }

    private boolean isAt(int index, String text) {
        return index >= 0 && index < tokens.size() && tokens.get(index).is(text);
    }
}
