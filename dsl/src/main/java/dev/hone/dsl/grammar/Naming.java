package dev.hone.dsl.grammar;

import dev.hone.dsl.feel.FeelReader;
import java.util.regex.Pattern;

/**
 * How a kind of name is spelled.
 *
 * @param says what a name must look like, to follow "is not"
 * @param inExpressions whether FEEL reads the name, so that FEEL's own words are not free
 */
record Naming(String pattern, String says, boolean inExpressions) {

    static final Naming WORKFLOW =
            new Naming("[a-z][a-z0-9]*(-[a-z0-9]+)*", "lower case words and digits joined by '-'", false);
    static final Naming ID = new Naming("[A-Za-z][A-Za-z0-9_-]{0,63}", "letters, digits, '_' and '-'", false);
    static final Naming VARIABLE =
            new Naming("[A-Za-z_][A-Za-z0-9_]{0,63}", "letters, digits and '_' (expressions read it)", true);
    static final Naming MODEL = new Naming("[^/\\s]+/\\S+", "'provider/model'", false);
    static final Naming ADDRESS = new Naming("https?://\\S+", "an address that begins with http:// or https://", false);
    static final Naming SECRET =
            new Naming("env:[A-Za-z_][A-Za-z0-9_]*", "'env:NAME', the environment variable that holds it", false);

    boolean accepts(String name) {
        return Pattern.matches(pattern, name) && (!inExpressions || FeelReader.isName(name));
    }
}
