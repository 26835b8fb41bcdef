package dev.hone.connectors.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.Connector;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.testkit.ConnectorContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTestsTest extends ConnectorContract<UnitTests.Input, UnitTests.Output> {

    private static final String TESTS = """
            from solution import add

            def test_small():
                assert add(1, 2) == 3

            def test_large():
                assert add(10, 20) == 30, "not thirty"
            """;

    @Override
    protected Connector<UnitTests.Input, UnitTests.Output> connector() {
        return new UnitTests(Sandboxes.SMALL);
    }

    @Override
    protected List<Example<UnitTests.Input, UnitTests.Output>> examples() {
        return List.of(
                new Example<>(
                        input("def add(a, b): return a + b", TESTS),
                        new UnitTests.Output(
                                2,
                                2,
                                1.0,
                                true,
                                "",
                                List.of(
                                        new UnitTests.Verdict("test_small", true, ""),
                                        new UnitTests.Verdict("test_large", true, "")))),
                new Example<>(
                        input("def add(a, b): return 3", TESTS),
                        new UnitTests.Output(
                                1,
                                2,
                                0.5,
                                false,
                                "test_large: tests.py, line 7: assert add(10, 20) == 30, \"not thirty\"\n"
                                        + "AssertionError: not thirty",
                                List.of(
                                        new UnitTests.Verdict("test_small", true, ""),
                                        new UnitTests.Verdict(
                                                "test_large",
                                                false,
                                                "tests.py, line 7: assert add(10, 20) == 30, \"not thirty\"\n"
                                                        + "AssertionError: not thirty")))));
    }

    @Override
    protected Map<String, UnitTests.Input> badInputs() {
        return Map.of(
                "tests that are no Python", input("x = 1", "def test_"),
                "too many tests",
                        input(
                                "x = 1",
                                "def test_%d(): pass\n".repeat(1).formatted(0)
                                        + java.util.stream.IntStream.range(1, 502)
                                                .mapToObj("def test_%d(): pass\n"::formatted)
                                                .collect(java.util.stream.Collectors.joining())));
    }

    private static UnitTests.Input input(String code, String tests) {
        return new UnitTests.Input(code, tests, Optional.empty(), Optional.empty());
    }

    private UnitTests.Output of(String code, String tests) throws ConnectorException {
        return connector().run(input(code, tests), CallContext.standalone(1));
    }

    @Test
    void code_that_cannot_be_loaded_fails_every_test_with_its_line() throws Exception {
        assertThat(of("def add(a, b):\n    retrun a", TESTS).tests())
                .hasSize(2)
                .allSatisfy(test -> assertThat(test.passed()).isFalse())
                .allSatisfy(test -> assertThat(test.trace()).contains("SyntaxError"));
    }

    @Test
    void tests_without_a_function_are_one_test() throws Exception {
        assertThat(of("def add(a, b): return a + b", "assert add(1, 1) == 2").tests())
                .containsExactly(new UnitTests.Verdict("tests", true, ""));
        assertThat(of("def add(a, b): return a - b", "assert add(1, 1) == 2").pass())
                .isFalse();
    }

    @Test
    void one_test_does_not_see_what_another_left_behind() throws Exception {
        assertThat(of(
                                "seen = []",
                                "def test_a():\n    seen.append(1)\n    assert seen == [1]\ndef test_b():\n    assert seen == []")
                        .pass())
                .isTrue();
    }

    @Test
    void a_test_without_an_end_fails_and_leaves_the_earlier_verdicts() throws Exception {
        UnitTests.Output output = connector()
                .run(
                        new UnitTests.Input(
                                "x = 1",
                                "def test_a(): pass\ndef test_b():\n    while True: pass\ndef test_c(): pass",
                                Optional.empty(),
                                Optional.of(2.0)),
                        CallContext.standalone(1));
        assertThat(output.tests()).extracting(UnitTests.Verdict::passed).containsExactly(true, false, false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "import os; os._exit(0)",
                "import sys; sys.exit(0)",
                "import os; os.kill(os.getppid(), 9)",
                "import os; os.kill(os.getpid(), 9)",
                "print('{\"passed\": true, \"trace\": \"\"}')",
                "import os\nfor fd in range(20):\n    try: os.write(fd, b'passed')\n    except OSError: pass\nos._exit(0)",
                "import os\nfor fd in range(20):\n    try: os.write(fd, b'{\"passed\": true, \"trace\": \"\"}\\n')\n    except OSError: pass",
                "import os\nopen('tests.py', 'w').write('def test_small(): pass\\ndef test_large(): pass')",
                "import os\nif os.fork(): os._exit(0)",
                "import os, glob\nfor memory in glob.glob('/proc/[0-9]*/mem'):\n    try: open(memory, 'r+b').read(1)\n    except OSError: pass\nos._exit(0)",
                "def test_small(): pass\ndef test_large(): pass"
            })
    void code_that_only_pretends_does_not_pass(String code) throws Exception {
        UnitTests.Output output = of("def add(a, b): return 0\n" + code, TESTS);

        assertThat(output.passed()).isZero();
        assertThat(output.total()).isEqualTo(2);
        assertThat(output.score()).isZero();
        assertThat(output.trace()).isNotBlank();
    }
}
