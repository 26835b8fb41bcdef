package dev.hone.workflows.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.work.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plans a job in a house by looking into the last three places, which are too few; when a step fails it looks into all of them. It is one
 * conversation after the other: it remembers the plan that it wrote last.
 */
final class HouseholdReplies implements UnaryOperator<String> {

    private static final Pattern JOB =
            Pattern.compile("The job: find a (\\w+),\\s+(?:make it (\\w+), )?and put it into the ([\\w ]+)\\.");
    private static final Pattern PLACE = Pattern.compile("name=([\\w ]+), opens=(\\w+)|name=([\\w ]+)");

    private List<ObjectNode> plan = List.of();

    @Override
    public synchronized String apply(String text) {
        if (text.contains("Is there a ")) {
            return look(text);
        }
        Matcher job = JOB.matcher(text);
        if (!job.find()) {
            throw new IllegalArgumentException(text);
        }
        Matcher failed = Pattern.compile("Its step (\\d+) did not").matcher(text);
        ObjectNode reply = Json.object();
        if (failed.find()) {
            int at = Integer.parseInt(failed.group(1));
            List<ObjectNode> mended = new ArrayList<>(plan.subList(0, Math.min(at, plan.size()) - 1));
            mended.addAll(steps(job, places(text), !text.contains("You hold nothing")));
            plan = mended;
            reply.put("from", Math.min(at, plan.size()));
        } else {
            List<MatchResult> places = places(text);
            plan = steps(job, places.subList(places.size() - 3, places.size()), false);
        }
        reply.putArray("steps").addAll(plan);
        return Replies.fenced(reply.toString());
    }

    private static String look(String text) {
        String kind = Pattern.compile("Is there a (\\w+)\\?")
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        String found = Pattern.compile("There you see [^.]*?\\b(" + kind + " \\d+)")
                .matcher(text)
                .results()
                .map(seen -> seen.group(1))
                .findFirst()
                .orElse("nothing");
        return Replies.fenced(Json.object().put("found", found).toString());
    }

    private static List<MatchResult> places(String text) {
        return PLACE.matcher(text.substring(
                        text.indexOf("These are the places"), text.indexOf("\n", text.indexOf("These are the places"))))
                .results()
                .toList();
    }

    private static List<ObjectNode> steps(Matcher job, List<MatchResult> places, boolean inHand) {
        List<ObjectNode> steps = new ArrayList<>();
        for (MatchResult place : inHand ? List.<MatchResult>of() : places) {
            String name = place.group(1) == null ? place.group(3) : place.group(1);
            ObjectNode step = step(steps, "look into the " + name, "go to " + name);
            if (place.group(1) != null) {
                step.withArray("act").add("open " + name);
            }
            step.put("seek", job.group(1));
            step.putObject("expect");
        }
        if (!inHand) {
            step(steps, "take it", "take {found}").putObject("expect").put("holding", "{found}");
        }
        String makes = job.group(2);
        if (makes != null) {
            String where = makes.equals("clean") ? "sink 1" : makes.equals("hot") ? "microwave 1" : "fridge 1";
            String does = makes.equals("clean") ? "wash" : makes.equals("hot") ? "heat" : "cool";
            step(steps, "make it " + makes, "go to " + where, does + " {found}")
                    .putObject("expect")
                    .put("condition", makes);
        }
        step(steps, "bring it", "go to " + job.group(3), "put {found}")
                .putObject("expect")
                .put("holding", "nothing");
        return steps;
    }

    private static ObjectNode step(List<ObjectNode> steps, String say, String... actions) {
        ObjectNode step = Json.object().put("say", say);
        ArrayNode act = step.putArray("act");
        for (String action : actions) {
            act.add(action);
        }
        step.putNull("seek");
        steps.add(step);
        return step;
    }
}
