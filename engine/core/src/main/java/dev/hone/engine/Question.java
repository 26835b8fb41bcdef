package dev.hone.engine;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run asks a person.
 *
 * @param step the human step
 * @param iteration where in the maps and loops, for example {@code rounds=2}
 * @param form what is asked of them: rate, pair, kwise, correct, improve, demonstrate, label, approve, interrupt
 * @param question in words, when the workflow says some
 * @param show what they look at, by name
 * @param order the names in the order in which they are to be shown; the {@code choice} of an answer counts in it, from 1
 */
public record Question(
        String run,
        String step,
        String iteration,
        String form,
        Optional<String> question,
        Map<String, JsonNode> show,
        List<String> order,
        Instant at) {}
