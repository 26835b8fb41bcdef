package dev.hone.connectors.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.OperatorTool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Runs Python tests against Python code in the sandbox: {@code exec: {tool: unit-tests}}.
 *
 * <p>Each test runs in a process of its own, with the code loaded anew. A test passes only when its function returns; code
 * that ends the process, prints what it likes, or changes a file proves nothing. Code that is made to search the memory of its
 * own process for the runner's secret is beyond this defence; measure the end result on other tests.
 */
public final class UnitTests extends OperatorTool<UnitTests.Input, UnitTests.Output> {

    /**
     * @param code what is tested
     * @param tests functions {@code test_...} without parameters, which see the names of the code, and find it as the module
     *     {@code solution}; where there are none, the whole is one test
     * @param files texts in the directory, by relative paths
     * @param seconds how long all tests together may take; as long as the operator allows when absent
     */
    public record Input(String code, String tests, Optional<Map<String, String>> files, Optional<Double> seconds) {}

    /**
     * @param passed how many tests passed
     * @param total how many there are
     * @param score the fraction that passed
     * @param pass whether all did
     * @param trace of the first that failed; empty when all passed
     * @param tests each, in the order of their text
     */
    public record Output(int passed, int total, double score, boolean pass, String trace, List<Verdict> tests) {}

    /**
     * @param name of the function; {@code tests} when the whole is one test
     * @param trace what went wrong, by the lines of the tests and the code; empty when it passed
     */
    public record Verdict(String name, boolean passed, String trace) {}

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_TESTS = 500;

    /** Reads the environment. */
    public UnitTests() {
        this(System::getenv);
    }

    UnitTests(UnaryOperator<String> variables) {
        super("unit-tests", Input.class, Output.class, variables);
    }

    /**
     * @throws ConnectorException of kind BAD_INPUT for tests that are no Python, too many of them, or names of files that are
     *     none; UNKNOWN where there is no Python or no sandbox; TIMEOUT; CANCELLED
     */
    @Override
    public Output run(Input input, CallContext context) throws ConnectorException {
        Allowance allowance = Allowance.of(variables);
        Limits limits = Limits.of(allowance, input.seconds());
        Interpreter python = Interpreter.find();
        List<String> read = new ArrayList<>(python.read());
        read.addAll(allowance.read().orElse(List.of()));
        Ended ended = Jail.run(
                List.of(python.program(), "-I", "-B", "-c", runner(), Double.toString(limits.seconds())),
                "",
                new WorkFiles()
                        .with("solution.py", input.code())
                        .with("tests.py", input.tests())
                        .with(input.files().orElse(Map.of())),
                read,
                limits,
                context);
        return output(ended);
    }

    private static String runner() throws ConnectorException {
        try (InputStream runner = UnitTests.class.getResourceAsStream("run_tests.py")) {
            return new String(Objects.requireNonNull(runner).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw broken("its runner cannot be read");
        }
    }

    /** The lines of the runner: the names, then the verdicts that there are; a test without one failed. */
    private static Output output(Ended ended) throws ConnectorException {
        List<JsonNode> lines = new ArrayList<>();
        try {
            for (String line : ended.stdout().lines().toList()) {
                lines.add(JSON.readTree(line));
            }
        } catch (JsonProcessingException cut) {
            // Stopped in the middle of a line: that test has no verdict.
        }
        if (lines.isEmpty()) {
            throw broken("the runner ended without a word: "
                    + ended.stderr().lines().findFirst().orElse("no room"));
        }
        JsonNode first = lines.getFirst();
        if (first.has("refused")) {
            throw new ConnectorException(
                    Kind.BAD_INPUT,
                    "the tests are no Python: " + first.path("refused").asText(),
                    "correct the tests");
        }
        if (first.path("names").size() > MOST_TESTS) {
            throw new ConnectorException(
                    Kind.BAD_INPUT,
                    "there are " + first.path("names").size() + " tests, of at most " + MOST_TESTS,
                    "put them into fewer functions");
        }
        List<Verdict> verdicts = new ArrayList<>();
        for (JsonNode name : first.path("names")) {
            int at = verdicts.size() + 1;
            JsonNode verdict = at < lines.size() ? lines.get(at) : JSON.nullNode();
            verdicts.add(new Verdict(
                    name.asText(),
                    verdict.path("passed").asBoolean(),
                    verdict.isNull()
                            ? "it has no verdict: the runner was stopped, or had no time left"
                            : verdict.path("trace").asText()));
        }
        int passed = (int) verdicts.stream().filter(Verdict::passed).count();
        return new Output(
                passed,
                verdicts.size(),
                (double) passed / verdicts.size(),
                passed == verdicts.size(),
                verdicts.stream()
                        .filter(verdict -> !verdict.passed())
                        .map(verdict -> verdict.name() + ": " + verdict.trace())
                        .findFirst()
                        .orElse(""),
                verdicts);
    }

    private static ConnectorException broken(String what) {
        return new ConnectorException(Kind.BROKEN, "the tests could not be run: " + what, "report it");
    }
}
