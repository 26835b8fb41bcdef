package dev.hone.workflows.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.local.listprog.Digits;
import dev.hone.connectors.local.listprog.Example;
import dev.hone.connectors.local.listprog.Op;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.engine.work.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What a chat model would plausibly say to the prompts of a workflow: as it is asked to, but with fences, in whole sentences, and the
 * first time not always to the point.
 */
final class Replies {

    private static final Pattern EXAMPLE = Pattern.compile("\\[([\\d, ]*)] becomes \\[([\\d, ]*)];");

    /** Those of one operation, and of two. */
    private static final int SHORT_PROGRAMS = Op.all().size() * (1 + Op.all().size());

    private static final int USUAL = 40;
    private static final List<String> LENGTHS = List.of(
            "as little as you can",
            "very much less than usual",
            "much less than usual",
            "a little less than usual",
            "less than usual",
            "as much as usual",
            "a little more than usual",
            "very much more than usual",
            "much more than usual",
            "more than usual",
            "as much as you can");

    private Replies() {}

    static UnaryOperator<String> to(String workflow) {
        return switch (workflow) {
            case "refine", "feedback-edit", "reflexion", "self-contrast", "tree-search" ->
                programs(
                        "negate | swap-neighbours",
                        "Sure! The program you want is reverse.",
                        "reverse",
                        "reverse | double");
            case "mint" -> programs("<solution>square | sort-up</solution>", "reverse");
            case "game-of-24" -> inTurn("I would begin with 9 and 7.", "9 - 7 = 2; 2 * 8 = 16; 16 + 8 = 24");
            case "alphabetize" -> Replies::sorting;
            case "adaplanner" -> new HouseholdReplies();
            case "apohf" -> Replies::following;
            case "prompt-control" -> Replies::writing;
            case "card" -> designs();
            case "negotiation" -> Replies::haggling;
            case "rest-em", "raft" -> Replies::manyPrograms;
            default -> throw new IllegalArgumentException("nothing is written for " + workflow);
        };
    }

    private static UnaryOperator<String> inTurn(String... replies) {
        AtomicInteger next = new AtomicInteger();
        return text -> replies[Math.min(next.getAndIncrement(), replies.length - 1)];
    }

    static String fenced(String json) {
        return "```json\n" + json + "\n```";
    }

    /** Whoever has to find a program says one that is wrong, or none at all; told what is wrong with it, they find the right one. */
    private static UnaryOperator<String> programs(String right, String... wrong) {
        UnaryOperator<String> drafts = inTurn(wrong);
        return text -> {
            if (Pattern.compile("in (one sentence|two sentences)").matcher(text).find()) {
                return text.contains("Sure!")
                        ? fenced("{\"kind\": \"rewrite\", \"text\": \"That is no program.\"}")
                        : "The order is changed, but the digits have to become other ones, too.";
            }
            boolean told = Pattern.compile(
                            "Mend the draft|What is wrong now|What was learned|point by point|What happened so far")
                    .matcher(text)
                    .find();
            return told ? right + "\n" : drafts.apply(text);
        };
    }

    /** Forgets the last word, and sees and mends exactly that. */
    private static String sorting(String text) {
        List<String> words = words(text, "order: (.*)");
        Collections.sort(words);
        if (text.contains("Say one mistake")) {
            List<String> missing = words;
            missing.removeAll(words(text, "came of it: (.*)"));
            return missing.isEmpty() ? "No issue." : "The word " + missing.getFirst() + " is missing.";
        }
        return String.join(" ", text.contains("Somebody says") ? words : words.subList(0, words.size() - 1));
    }

    private static List<String> words(String text, String after) {
        return new ArrayList<>(Arrays.asList(part(text, after).split(" ")));
    }

    private static String part(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .map(found -> found.group(1))
                .orElseThrow(() -> new IllegalArgumentException(pattern + " is not in " + text));
    }

    /** Spells backwards if that is what the prompt is about. */
    private static String following(String text) {
        String item = part(text, "Input: (.*)");
        return text.matches("(?is).*(reverse|backward|mirror).*")
                ? new StringBuilder(item).reverse().toString()
                : "What shall I do with \"" + item + "\"?";
    }

    /** The more it is to write, the longer. */
    private static String writing(String text) {
        String grade = LENGTHS.stream().filter(text::contains).findFirst().orElseThrow();
        double length = USUAL * Math.pow(1.3, LENGTHS.indexOf(grade) - 5.0);
        return "The boats come in. ".repeat((int) Math.ceil(length / 4)).strip();
    }

    /** The first cannot be read, the second is good, and the next ones pay for going away. */
    private static UnaryOperator<String> designs() {
        UnaryOperator<String> codes = inTurn(
                "Here is a reward: goal minus hazard",
                "goal - hazard + 0.2 * closer - 0.2 * farther - 0.1 * bump",
                "0.5 * farther - goal");
        return text -> text.startsWith("You design")
                ? codes.apply(text)
                : "Walks wander about. Raise closer a little, and lower farther.";
    }

    /** Both move by two dollars a turn, and take what is as good. */
    private static String haggling(String text) {
        if (text.startsWith("You coach")) {
            return "1. Begin higher.\n2. Give way in smaller steps.\n3. Name a reason for your price.";
        }
        boolean sells = text.startsWith("You sell");
        int turn = Integer.parseInt(part(text, "This is turn (\\d+)"));
        List<Integer> offers = Pattern.compile("- " + (sells ? "buyer" : "seller") + ": .*?\\$(\\d+)")
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .map(line -> Integer.parseInt(line.substring(line.indexOf('$') + 1)))
                .toList();
        int mine = sells ? 22 - 2 * turn : 8 + 2 * turn;
        int theirs = offers.isEmpty() ? mine : offers.getLast();
        int price = sells ? Math.max(mine, theirs) : Math.min(mine, theirs);
        boolean takes = !offers.isEmpty() && (sells ? theirs >= mine : theirs <= mine);
        return fenced(Json.object()
                .put("price", takes ? theirs : price)
                .put("says", takes ? "Agreed, $" + theirs + "." : "I could do it for $" + mine + ".")
                .toString());
    }

    /** Knows only short programs, and more of them once a prompt shows right answers. */
    private static String manyPrograms(String text) {
        int tries = text.contains("For example [") ? SHORT_PROGRAMS : SHORT_PROGRAMS / 2;
        ObjectNode reply = Json.object();
        ArrayNode programs = reply.putArray("programs");
        for (String task : text.substring(text.indexOf("For each of these")).split("\n- ?", -1)) {
            List<Example> examples = EXAMPLE.matcher(task)
                    .results()
                    .map(example -> new Example(digits(example.group(1)), digits(example.group(2))))
                    .toList();
            if (!examples.isEmpty()) {
                programs.addArray()
                        .add(IntStream.range(0, tries)
                                .mapToObj(Program::numbered)
                                .filter(program -> Task.passes(program, examples))
                                .findFirst()
                                .orElse(Program.numbered(0))
                                .text())
                        .add("I do not know another one.");
            }
        }
        return fenced(reply.toString());
    }

    private static int digits(String listed) {
        return Digits.of(Arrays.stream(listed.split(", "))
                .filter(digit -> !digit.isEmpty())
                .map(Integer::valueOf)
                .toList());
    }
}
