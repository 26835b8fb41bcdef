package dev.hone.dsl.grammar;

import dev.hone.dsl.Nearest;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Problems;
import dev.hone.dsl.Where;
import dev.hone.dsl.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How a difference between a file and its form is said. */
record FormProblems(Problems problems) {

    void unknownKey(String name, Where where, String what, List<String> known) {
        if (problems.isFull()) {
            return;
        }
        problems.add(
                where,
                ProblemCode.UNKNOWN_KEY,
                "'" + shortened(name) + "' is no key of " + what + ".",
                Nearest.to(name, known)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("Its keys are " + quoted(new TreeSet<>(known)) + "."));
    }

    void missingKey(Where where, String what, Form.Key key) {
        problems.add(
                where,
                ProblemCode.MISSING_KEY,
                "The key '" + key.name() + "' of " + what + " is missing.",
                "Add '" + key.name() + ":'. " + key.says());
    }

    void name(String name, Where where, Naming naming) {
        if (!naming.accepts(name)) {
            problems.add(
                    where,
                    ProblemCode.BAD_NAME,
                    "'" + shortened(name) + "' " + naming.objection(name) + ".",
                    "Write for example '" + naming.example() + "'.");
        }
    }

    void wrongType(Yaml yaml, String owner, String expected) {
        problems.add(
                yaml.where(),
                ProblemCode.WRONG_TYPE,
                owner + " is " + yaml.shown() + ".",
                "Expected " + expected + ".");
    }

    void add(Problem problem) {
        problems.add(problem.where().orElseThrow(), problem.code(), problem.what(), problem.fix());
    }

    static String expected(List<String> words) {
        return words.size() == 1 ? quoted(words) : "one of " + quoted(words);
    }

    static String nearest(String word, List<String> words) {
        return Nearest.to(word, words).map(near -> "; '" + near + "' is near").orElse("");
    }

    static List<String> names(List<Form.Key> keys) {
        return keys.stream().map(Form.Key::name).toList();
    }

    static String shortened(String name) {
        return shortened(name, 60);
    }

    static String shortened(String text, int most) {
        return text.length() > most ? text.substring(0, most) + "..." : text;
    }

    static String quoted(Iterable<String> words) {
        List<String> all = new ArrayList<>();
        words.forEach(all::add);
        return all.stream().map(word -> "'" + word + "'").collect(Collectors.joining(", "));
    }
}
