package dev.hone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.Question;
import dev.hone.engine.work.Json;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Locale;

/** A question on a screen, and its answer as a line of text. */
final class AnswerForm {

    private AnswerForm() {}

    static void print(Question question, PrintWriter screen) {
        screen.println(question.question().orElse("The step " + question.step() + " asks you."));
        int number = 1;
        for (String name : question.order()) {
            screen.println("  " + number++ + ") " + text(question, name));
        }
        screen.println(
                switch (question.form()) {
                    case "rate" -> "A number:";
                    case "pair", "kwise" -> "The number of the better one:";
                    case "approve" -> "yes or no:";
                    case "label" -> "A label:";
                    default -> "Your text:";
                });
        screen.flush();
    }

    /** Of a choice the names would say which is which, so they are not shown. */
    private static String text(Question question, String name) {
        JsonNode value = question.show().get(name);
        String text = value == null ? "" : value.isTextual() ? value.textValue() : value.toString();
        return question.form().equals("pair") || question.form().equals("kwise") ? text : name + ": " + text;
    }

    /** The answer that a line gives; without what the form asks for when the line does not. */
    static ObjectNode read(Question question, String line) {
        ObjectNode answer = Json.object();
        return switch (question.form()) {
            case "rate" -> line.matches("-?[0-9]+(\\.[0-9]+)?") ? answer.put("rating", new BigDecimal(line)) : answer;
            case "pair", "kwise" -> line.matches("[0-9]{1,4}") ? answer.put("choice", Integer.parseInt(line)) : answer;
            case "label" -> answer.put("label", line);
            case "approve" -> approval(answer, line.toLowerCase(Locale.ROOT));
            default -> answer.put("text", line);
        };
    }

    private static ObjectNode approval(ObjectNode answer, String line) {
        return switch (line) {
            case "y", "yes" -> answer.put("approved", true);
            case "n", "no" -> answer.put("approved", false);
            default -> answer;
        };
    }
}
