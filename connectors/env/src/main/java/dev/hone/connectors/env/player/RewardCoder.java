package dev.hone.connectors.env.player;

import dev.hone.connectors.api.ConnectorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes reward code: a sum of features with numbers before them. Its first is what comes to mind, pay for the goal and for two
 * of the other features, often such that it can be collected without ever reaching the goal.
 *
 * <p>Of feedback it does what each sentence says of the first feature that it names: pays it less (or charges for it), pays it
 * more, or {@code as much as} another. It misses one sentence in ten. Feedback that names no feature tells it nothing: then it
 * draws the number of one feature anew. One code in five cannot be read: a whole number among decimals, a name that is not
 * there, or a sum without an end; told the error, it writes the same without it, in one of five times with another.
 */
final class RewardCoder implements Player<RewardCoder.Input> {

    private static final double SLIPS = 0.2;
    private static final double MISSES = 0.1;
    private static final int IDEAS = 2;
    private static final double USUAL = 0.5;
    private static final double LARGEST = 100;
    private static final int MOST_FEATURES = 50;
    private static final int LONGEST = 4_000;

    private static final double[] NUMBERS = {-1, -0.5, -0.1, 0, 0.1, 0.5, 1};
    private static final Pattern TERM = Pattern.compile(
            "(?:^|([-+]))\\s*(?:([0-9]{1,6}(?:\\.[0-9]{1,6})?)\\s*\\*\\s*)?([A-Za-z][A-Za-z0-9]{0,40})");
    private static final Pattern LESS =
            Pattern.compile("\\b(less|lower|charge|penali[sz]e|punish|reduce|cut)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern MORE =
            Pattern.compile("\\b(more|pay|raise|reward|increase)\\b", Pattern.CASE_INSENSITIVE);

    /**
     * What it is told.
     *
     * @param features the names that code may use; the first that is called {@code goal}, else the last, is what is wanted
     * @param previous the code that error or feedback is about
     * @param error why it could not be used
     * @param feedback what was said of it
     */
    record Input(List<String> features, Optional<String> previous, Optional<String> error, Optional<String> feedback) {}

    @Override
    public String name() {
        return "reward-coder";
    }

    @Override
    public Class<Input> input() {
        return Input.class;
    }

    @Override
    public String answer(Input input, SplittableRandom chance) throws ConnectorException {
        List<String> features = input.features();
        if (features.isEmpty() || features.size() > MOST_FEATURES) {
            throw Player.bad("there are " + features.size() + " features", "name 1 to " + MOST_FEATURES);
        }
        String wanted = features.contains("goal") ? "goal" : features.getLast();
        Map<String, Double> before = terms(input.previous().orElse(""), features);
        Map<String, Double> terms;
        if (before.isEmpty()) {
            terms = idea(features, wanted, chance);
        } else if (input.error().filter(error -> !error.isBlank()).isPresent()) {
            terms = before;
        } else {
            terms = changed(before, input.feedback().orElse(""), features, wanted, chance);
        }
        String code = written(terms, wanted);
        return chance.nextDouble() < SLIPS ? slipped(code, chance) : code;
    }

    /** What it can read of code: the terms of a sum. Whole numbers and names that are not there it can, too. */
    private static Map<String, Double> terms(String code, List<String> features) {
        Map<String, Double> terms = new LinkedHashMap<>();
        Matcher term = TERM.matcher(code.substring(0, Math.min(LONGEST, code.length())));
        while (term.find()) {
            if (features.contains(term.group(3))) {
                double number = term.group(2) == null ? 1 : Double.parseDouble(term.group(2));
                terms.merge(term.group(3), "-".equals(term.group(1)) ? -number : number, Double::sum);
            }
        }
        return terms;
    }

    private static Map<String, Double> idea(List<String> features, String wanted, SplittableRandom chance) {
        Map<String, Double> terms = new LinkedHashMap<>();
        terms.put(wanted, chance.nextBoolean() ? 1.0 : 5.0);
        List<String> others = new ArrayList<>(features);
        others.remove(wanted);
        for (int i = 0; i < IDEAS && !others.isEmpty(); i++) {
            String other = others.remove(chance.nextInt(others.size()));
            terms.put(other, other.equals("hazard") || other.equals("step") ? -USUAL : USUAL);
        }
        return terms;
    }

    private static Map<String, Double> changed(
            Map<String, Double> before,
            String feedback,
            List<String> features,
            String wanted,
            SplittableRandom chance) {
        Map<String, Double> terms = new LinkedHashMap<>(before);
        boolean told = false;
        for (String sentence :
                feedback.substring(0, Math.min(LONGEST, feedback.length())).split("[.;\\n]")) {
            List<String> named = named(sentence, features);
            boolean less = LESS.matcher(sentence).find();
            if (named.isEmpty() || !(less || MORE.matcher(sentence).find())) {
                continue;
            }
            told = true;
            if (chance.nextDouble() >= MISSES) {
                terms.put(named.getFirst(), moved(terms, named, less, sentence.contains("as much as")));
            }
        }
        if (!told) {
            String any = features.get(chance.nextInt(features.size()));
            terms.put(any, any.equals(wanted) ? 1 + 4.0 * chance.nextInt(3) : NUMBERS[chance.nextInt(NUMBERS.length)]);
        }
        return terms;
    }

    private static List<String> named(String sentence, List<String> features) {
        List<String> named = new ArrayList<>();
        for (String word : sentence.split("[^A-Za-z0-9]+")) {
            if (features.contains(word) && !named.contains(word)) {
                named.add(word);
            }
        }
        return named;
    }

    private static double moved(Map<String, Double> terms, List<String> named, boolean less, boolean asMuch) {
        double number = terms.getOrDefault(named.getFirst(), 0.0);
        if (asMuch && named.size() > 1) {
            double other = Math.abs(terms.getOrDefault(named.get(1), USUAL));
            return less ? -other : other;
        }
        if (less) {
            return number > 0.1 ? number / 5 : Math.max(-LARGEST, Math.min(number, 0) * 2 - (number < 0 ? 0 : USUAL));
        }
        return number < 0 ? number / 5 : Math.min(LARGEST, number == 0 ? USUAL : number * 2);
    }

    private static String written(Map<String, Double> terms, String wanted) {
        StringBuilder code = new StringBuilder();
        terms.forEach((name, number) -> {
            double shown = Math.round(number * 1000) / 1000.0;
            if (shown != 0) {
                code.append(code.isEmpty() ? (shown < 0 ? "-" : "") : shown < 0 ? " - " : " + ")
                        .append(Math.abs(shown))
                        .append(" * ")
                        .append(name);
            }
        });
        return code.isEmpty() ? "1.0 * " + wanted : code.toString();
    }

    private static String slipped(String code, SplittableRandom chance) {
        return switch (chance.nextInt(3)) {
            case 0 -> code.replaceFirst("([0-9]+)\\.[0-9]+", "$1");
            case 1 -> code + " + 0.5 * progress";
            default -> code + " +";
        };
    }
}
