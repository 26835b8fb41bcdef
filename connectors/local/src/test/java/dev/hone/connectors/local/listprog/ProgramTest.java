package dev.hone.connectors.local.listprog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {

    @Test
    void operations_apply_from_left_to_right() {
        Program program = Program.parse("reverse | drop-first | double");
        assertThat(Digits.toList(program.run(Digits.of(1, 2, 7, 9)))).containsExactly(4, 4, 2);
    }

    @ParameterizedTest
    @CsvSource({
        "rotate-left, 123, 231",
        "swap-neighbours, 12345, 21435",
        "running-sum, 1239, 1365",
        "differences, 1942, 858",
        "differences, 7, ''",
        "drop-last, '', ''",
        "square, 379, 991"
    })
    void operations_do_what_their_names_say(String op, String in, String out) {
        assertThat(Digits.toList(Program.parse(op).run(digits(in)))).isEqualTo(Digits.toList(digits(out)));
    }

    @Test
    void every_program_has_its_number_and_its_text() {
        for (int number = 0; number < Program.count(); number += 97) {
            Program program = Program.numbered(number);
            assertThat(program.number()).isEqualTo(number);
            assertThat(Program.parse(program.text())).isEqualTo(program);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shuffle", "reverse |", "reverse double"})
    void a_text_with_a_word_that_is_no_operation_is_refused_with_a_list_of_those_there_are(String text) {
        assertThatThrownBy(() -> Program.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no operation")
                .hasMessageContaining("keep-even");
    }

    @Test
    void a_program_has_at_most_four_operations() {
        assertThatThrownBy(() -> new Program(Collections.nCopies(5, Op.REVERSE)))
                .hasMessage("a program has 1 to 4 operations, not 5");
        assertThatThrownBy(() -> new Program(List.of())).hasMessage("a program has 1 to 4 operations, not 0");
    }

    private static int digits(String text) {
        return Digits.of(text.chars().map(c -> c - '0').toArray());
    }
}
