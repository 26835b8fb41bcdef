package dev.hone.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What OpenAI's requests may have and workflows do not take: each is let pass where it says nothing, and refused where the answer
 * would be another.
 */
final class Neutral {

    private static final String OWN_TOOLS = "Leave it out; a workflow calls its own tools.";
    private static final String OWN_FORM =
            "Leave it out; the workflow decides the form of its answer, and hone.value of the response has it as JSON.";

    /** They say how a request is handled, and nothing of the answer. */
    private static final Set<String> HARMLESS = Set.of(
            "user",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "store",
            "service_tier",
            "parallel_tool_calls",
            "prediction");

    /** What a workflow may have as a parameter of that name; with the value that means what it does anyway, if there is one. */
    private static final Map<String, Predicate<JsonNode>> DIALS = dials();

    private record Rule(Predicate<JsonNode> saysNothing, String fix) {}

    private static final Map<String, Rule> REFUSED = refused();

    private Neutral() {}

    private static Map<String, Predicate<JsonNode>> dials() {
        Map<String, Predicate<JsonNode>> dials = new LinkedHashMap<>();
        dials.put("temperature", value -> is(value, 1));
        dials.put("top_p", value -> is(value, 1));
        dials.put("presence_penalty", value -> is(value, 0));
        dials.put("frequency_penalty", value -> is(value, 0));
        dials.put("max_tokens", value -> false);
        dials.put("max_completion_tokens", value -> false);
        dials.put("reasoning_effort", value -> false);
        dials.put("verbosity", value -> false);
        return dials;
    }

    private static Map<String, Rule> refused() {
        Map<String, Rule> refused = new LinkedHashMap<>();
        refused.put("n", new Rule(value -> is(value, 1), "Ask n times, each with another seed."));
        refused.put("tools", new Rule(Neutral::nothing, OWN_TOOLS));
        refused.put("functions", new Rule(Neutral::nothing, OWN_TOOLS));
        refused.put("tool_choice", new Rule(value -> word(value, "none") || word(value, "auto"), OWN_TOOLS));
        refused.put("function_call", new Rule(value -> word(value, "none") || word(value, "auto"), OWN_TOOLS));
        refused.put("web_search_options", new Rule(Neutral::nothing, OWN_TOOLS));
        refused.put("response_format", new Rule(value -> word(value.path("type"), "text"), OWN_FORM));
        refused.put("stop", new Rule(Neutral::nothing, "Leave it out; what a workflow makes is not cut."));
        refused.put("logit_bias", new Rule(Neutral::nothing, "Leave it out; a workflow may ask several models."));
        refused.put("logprobs", new Rule(value -> !value.asBoolean(), "Leave it out; an answer has none."));
        refused.put("top_logprobs", new Rule(value -> is(value, 0), "Leave it out; an answer has none."));
        refused.put(
                "modalities",
                new Rule(
                        value -> value.size() == 1 && word(value.path(0), "text"), "Ask for text; there is no sound."));
        refused.put("audio", new Rule(Neutral::nothing, "Ask for text; there is no sound."));
        return refused;
    }

    static boolean nothing(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || (value.isContainerNode() && value.isEmpty())
                || (value.isTextual() && value.asText().isEmpty());
    }

    private static boolean is(JsonNode value, int number) {
        return value.isNumber() && value.decimalValue().compareTo(BigDecimal.valueOf(number)) == 0;
    }

    private static boolean word(JsonNode value, String word) {
        return value.asText().equals(word);
    }

    static boolean isHarmless(String field) {
        return HARMLESS.contains(field);
    }

    static boolean isDial(String field) {
        return DIALS.containsKey(field);
    }

    /** Whether a dial stands where it makes no difference. */
    static boolean isUsual(String dial, JsonNode value) {
        Predicate<JsonNode> usual = DIALS.get(dial);
        return usual != null && usual.test(value);
    }

    /**
     * @return whether the field is one of those
     * @throws Refused when the answer would be another
     */
    static boolean passes(String field, JsonNode value) {
        Rule rule = REFUSED.get(field);
        if (rule != null && !rule.saysNothing().test(value)) {
            throw new Refused(field, "a workflow does not take this " + field + ".", rule.fix());
        }
        return rule != null;
    }
}
