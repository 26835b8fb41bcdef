package dev.hone.connectors.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.api.ModelRequest.Speaker;
import dev.hone.connectors.local.listprog.Digits;
import dev.hone.connectors.local.listprog.Example;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.transformer.Observation;
import dev.hone.connectors.local.transformer.Observation.Outcome;
import dev.hone.connectors.local.transformer.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The JSON that a LISTPROG model is asked with: {@code task}, {@code draft}, {@code trace}, {@code lessons}, {@code other}
 * and {@code feedback}. It is the request's inputs or, when these hold no task (as over a chat protocol), the last user
 * message. The networks read four examples at once: of more, those that the trace calls wrong come first.
 */
final class ListprogInputs {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final String TASK = "task";
    private static final String TASKS = "tasks";
    private static final int MOST_EXAMPLES = 100;
    private static final String FIX =
            "give the inputs as {\"task\": {\"examples\": [{\"in\": [1, 2], \"out\": [2, 1]}, "
                    + "... at least four]}}; a critic also needs \"draft\" and \"trace\" (and reads \"lessons\" and \"other\"), "
                    + "an editor \"draft\" and, if there is any, \"feedback\"";

    private final JsonNode root;
    private final String name;

    private ListprogInputs(JsonNode root) {
        this(root, TASK);
    }

    /** @param name of the task, as messages name it */
    private ListprogInputs(JsonNode root, String name) {
        this.root = root;
        this.name = name;
    }

    /** @throws ConnectorException of kind BAD_INPUT when there is no task in the request */
    static ListprogInputs of(ModelRequest request) throws ConnectorException {
        JsonNode inputs = parsed(request.inputs());
        if (inputs.has(TASK) || inputs.has(TASKS)) {
            return new ListprogInputs(inputs);
        }
        for (Message message : request.messages().reversed()) {
            if (message.speaker() == Speaker.USER) {
                JsonNode said = parsed(message.text());
                if (said.has(TASK) || said.has(TASKS)) {
                    return new ListprogInputs(said);
                }
                break;
            }
        }
        throw badInput("there is no 'task', neither in the inputs nor as JSON in the last user message");
    }

    /** Many tasks at once; empty when one is asked for. */
    Optional<ListprogBatch> batch() throws ConnectorException {
        if (!root.has(TASKS)) {
            return Optional.empty();
        }
        JsonNode tasks = opened(root.path(TASKS));
        int samples = root.path("samples").asInt(1);
        if (!tasks.isArray() || samples < 1 || (long) tasks.size() * samples > ListprogBatch.MOST) {
            throw badInput("'tasks' must be a list, and of each at least one of the 'samples' and at most "
                    + ListprogBatch.MOST + " in all are drawn");
        }
        List<ListprogInputs> all = new ArrayList<>();
        for (JsonNode task : tasks) {
            all.add(new ListprogInputs(JSON.createObjectNode().set(TASK, task), TASKS + "[" + all.size() + "]"));
        }
        return Optional.of(new ListprogBatch(List.copyOf(all), samples));
    }

    private List<Example> examples() throws ConnectorException {
        JsonNode examples = opened(root.path(TASK)).path("examples");
        if (!examples.isArray() || examples.size() < Task.VISIBLE || examples.size() > MOST_EXAMPLES) {
            throw badInput(
                    "'" + name + ".examples' must be a list of at least " + Task.VISIBLE + " examples and at most "
                            + MOST_EXAMPLES + (examples.isArray() ? ", not of " + examples.size() : ""));
        }
        List<Example> read = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            String where = name + ".examples[" + i + "]";
            read.add(new Example(list(examples.get(i), "in", where), list(examples.get(i), "out", where)));
        }
        return List.copyOf(read);
    }

    Program draft() throws ConnectorException {
        return program(root.path("draft"), "draft");
    }

    private static Program program(JsonNode text, String name) throws ConnectorException {
        if (!text.isTextual()) {
            throw badInput("'" + name + "' must be the text of a program");
        }
        try {
            return Program.parse(text.asText());
        } catch (IllegalArgumentException e) {
            throw badInput("'" + name + "' is no program: " + e.getMessage());
        }
    }

    /** The critic's trace as it came. */
    JsonNode trace() throws ConnectorException {
        JsonNode trace = root.path("trace");
        if (!trace.isArray()) {
            throw badInput("'trace' must be the list that listprog-run returned for the visible examples");
        }
        return trace;
    }

    /** The critic's reply, as an object or as its text; a missing node when none is given. */
    JsonNode feedback() throws ConnectorException {
        JsonNode feedback = root.path("feedback");
        if (feedback.isMissingNode() || feedback.isNull()) {
            return MissingNode.getInstance();
        }
        JsonNode opened = opened(feedback);
        if (!opened.isObject()) {
            throw badInput("'feedback' must be what a critic replied, an object with 'kind', 'position' and 'trace'");
        }
        return opened;
    }

    /**
     * The positions of the draft, from 0, that a critic may blame: not those that {@code lessons}, earlier critiques, blame
     * in the same draft, and only such where {@code other}, another program, has another operation or none.
     */
    Set<Integer> suspects(Program draft) throws ConnectorException {
        Set<Integer> suspects =
                IntStream.range(0, draft.length()).boxed().collect(Collectors.toCollection(TreeSet::new));
        for (JsonNode lesson : root.path("lessons")) {
            JsonNode said = opened(lesson);
            if (said.path("draft").asText().equals(draft.text())) {
                suspects.remove(said.path("position").asInt(0) - 1);
            }
        }
        JsonNode other = root.path("other");
        if (!other.isMissingNode() && !other.isNull()) {
            Program against = program(other, "other");
            suspects.removeIf(at -> at < against.length()
                    && draft.ops().get(at).equals(against.ops().get(at)));
        }
        return suspects;
    }

    /**
     * Four of the examples, each with what the trace says of it, line by line; the first four, unseen, when there is no trace.
     */
    List<Observation> observations(JsonNode trace) throws ConnectorException {
        List<Example> examples = examples();
        if (trace.isMissingNode() || trace.isNull()) {
            return examples.stream()
                    .limit(Task.VISIBLE)
                    .map(Observation::unseen)
                    .toList();
        }
        if (!trace.isArray() || trace.size() != examples.size()) {
            throw badInput("the trace must have one line for each of the " + examples.size() + " examples");
        }
        List<Observation> observations = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            JsonNode line = trace.get(i);
            if (!line.path("ok").isBoolean()) {
                throw badInput("trace[" + i + "].ok must be true or false");
            }
            Outcome outcome = line.path("ok").asBoolean() ? Outcome.RIGHT : Outcome.WRONG;
            int got = list(line, "got", "trace[" + i + "]");
            observations.add(
                    new Observation(examples.get(i).in(), examples.get(i).out(), got, outcome));
        }
        if (observations.size() > Task.VISIBLE) {
            observations.sort(Comparator.comparing(Observation::outcome));
        }
        return List.copyOf(observations.subList(0, Task.VISIBLE));
    }

    /** The token of a critique, {@link Token#NOTHING} when there is none. */
    static int critique(JsonNode feedback) throws ConnectorException {
        JsonNode kind = feedback.path("kind");
        if (kind.isMissingNode() || kind.isNull()) {
            return Token.NOTHING;
        }
        return switch (kind.asText()) {
            case Critique.REWRITE -> Token.REWRITE;
            case Critique.NO_ISSUE -> Token.NO_ISSUE;
            case Critique.SUBSTITUTE -> {
                int position = feedback.path("position").asInt(0);
                if (position < 1 || position > Program.MAX_LENGTH) {
                    throw badInput("'feedback.position' must be from 1 to " + Program.MAX_LENGTH);
                }
                yield Token.FIRST_POSITION + position - 1;
            }
            default ->
                throw badInput("'feedback.kind' is '" + kind.asText() + "', not substitute, rewrite or no_issue");
        };
    }

    private static int list(JsonNode holder, String name, String where) throws ConnectorException {
        JsonNode array = holder.path(name);
        if (!array.isArray()) {
            throw badInput("'" + where + "." + name + "' must be a list of digits");
        }
        List<Integer> digits = new ArrayList<>();
        for (JsonNode digit : array) {
            digits.add(digit.isInt() ? digit.asInt() : -1);
        }
        try {
            return Digits.of(digits);
        } catch (IllegalArgumentException e) {
            throw badInput("'" + where + "." + name + "': " + e.getMessage());
        }
    }

    /** A node that may have been passed on as its text. */
    private static JsonNode opened(JsonNode node) {
        return node.isTextual() ? parsed(node.asText()) : node;
    }

    /** The JSON in {@code text}, or a missing node when it holds none. */
    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException prose) {
            return MissingNode.getInstance();
        }
    }

    private static ConnectorException badInput(String what) {
        return new ConnectorException(Kind.BAD_INPUT, what, FIX);
    }
}
