package dev.hone.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What reader and checks say of any text whatever: a workflow, or problems with places in the file, or in one that it uses, and something to do. */
final class Answer {

    private Answer() {}

    static void check(String text) {
        List<Problem> problems = FixtureTest.problems("x.yaml", text);
        int lines = text.split("\r\n|\r|\n", -1).length;
        assertThat(problems).hasSizeLessThanOrEqualTo(200).allSatisfy(problem -> {
            assertThat(problem.where())
                    .hasValueSatisfying(where -> assertThat(where.line())
                            .isBetween(1, where.file().equals("x.yaml") ? lines : Integer.MAX_VALUE))
                    .hasValueSatisfying(where -> assertThat(where.column()).isPositive());
            assertThat(problem.fix()).isNotBlank();
            assertThat(problem.toString()).hasSizeLessThan(1_000);
        });
    }
}
