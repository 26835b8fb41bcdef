package dev.hone.dsl.grammar;

import dev.hone.dsl.feel.FeelReader;
import java.util.regex.Pattern;

/**
 * How a kind of name is spelled.
 *
 * @param says what a name must look like, to follow "is not"
 * @param example to show
 * @param inExpressions whether FEEL reads the name, so that FEEL's own words are not free
 */
record Naming(String pattern, String says, String example, boolean inExpressions) {

    /** Of a path. As it begins with no dot, a path leads neither up nor to what is hidden. */
    private static final String PART = "[A-Za-z0-9_-][A-Za-z0-9._-]*";

    static final Naming WORKFLOW = new Naming(
            "[a-z][a-z0-9]*(-[a-z0-9]+)*", "lower case words and digits joined by '-'", "draft-and-edit", false);
    static final Naming ID =
            new Naming("[A-Za-z][A-Za-z0-9_-]{0,63}", "letters, digits, '_' and '-'", "first-draft", false);
    static final Naming VARIABLE = new Naming(
            "[A-Za-z_][A-Za-z0-9_]{0,63}", "letters, digits and '_', as expressions need", "firstDraft", true);
    static final Naming FIELD =
            new Naming("[A-Za-z_][A-Za-z0-9_]{0,63}", "letters, digits and '_'", "firstDraft", false);
    static final Naming MODEL = new Naming("[^/\\s]+/\\S+", "'provider/model'", "ollama/llama3.2", false);
    static final Naming ADDRESS = new Naming("https?://\\S+", "a web address", "http://localhost:11434/v1", false);
    static final Naming TABLE_FILE = new Naming(
            "(" + PART + "/)*" + PART + "\\.(csv|dmn)",
            "the path of a .csv or .dmn file in the workflow's folder",
            "rules/stops.csv",
            false);
    static final Naming DRL_FILE = new Naming(
            "(" + PART + "/)*" + PART + "\\.drl",
            "the path of a .drl file in the workflow's folder",
            "rules/stops.drl",
            false);
    static final Naming WORKFLOW_FILE = new Naming(
            "(" + PART + "/)*" + PART + "\\.ya?ml",
            "the path of a .yaml file in the plan's folder",
            "lats.yaml",
            false);
    static final Naming DATA_FILE = new Naming(
            "(" + PART + "/)*" + PART + "\\.jsonl",
            "the path of a .jsonl file in the plan's folder",
            "tasks.jsonl",
            false);
    static final Naming DATE = new Naming(
            "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])", "a date as YYYY-MM-DD", "2026-11-24", false);
    static final Naming SECRET = new Naming(
            "env:[A-Za-z_][A-Za-z0-9_]*", "the name of an environment variable", "env:OPENAI_API_KEY", false);

    /** The longest name of any kind. */
    static final int MAX_LENGTH = 200;

    boolean accepts(String name) {
        return isSpelled(name) && (!inExpressions || FeelReader.isName(name));
    }

    /** Why a name is not accepted, to follow the name. */
    String objection(String name) {
        if (name.length() > MAX_LENGTH) {
            return "is longer than " + MAX_LENGTH + " characters";
        }
        return isSpelled(name) ? "is a word of expressions" : "is not " + says;
    }

    private boolean isSpelled(String name) {
        return name.length() <= MAX_LENGTH && Pattern.matches(pattern, name);
    }
}
