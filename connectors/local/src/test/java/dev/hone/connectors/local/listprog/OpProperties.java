package dev.hone.connectors.local.listprog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class OpProperties {

    @Property
    void every_operation_takes_every_list_to_digits_and_never_lengthens_it(
            @ForAll Op op, @ForAll @Size(max = 6) List<@IntRange(max = 9) Integer> digits) {
        List<Integer> result = Digits.toList(op.apply(Digits.of(digits)));
        assertThat(result).hasSizeLessThanOrEqualTo(digits.size()).allMatch(x -> x >= 0 && x <= 9);
    }

    @Property
    void arithmetic_counts_modulo_ten(@ForAll @Size(max = 6) List<@IntRange(max = 9) Integer> digits) {
        assertThat(result(Op.INCREMENT, digits))
                .isEqualTo(digits.stream().map(x -> (x + 1) % 10).toList());
        assertThat(result(Op.DOUBLE, digits))
                .isEqualTo(digits.stream().map(x -> 2 * x % 10).toList());
        assertThat(result(Op.SQUARE, digits))
                .isEqualTo(digits.stream().map(x -> x * x % 10).toList());
    }

    @Property
    void these_operations_undo_one_another(@ForAll @Size(max = 6) List<@IntRange(max = 9) Integer> digits) {
        int list = Digits.of(digits);
        assertThat(Op.DECREMENT.apply(Op.INCREMENT.apply(list))).isEqualTo(list);
        for (Op own : List.of(Op.REVERSE, Op.NEGATE, Op.SWAP_NEIGHBOURS)) {
            assertThat(own.apply(own.apply(list))).as(own.text()).isEqualTo(list);
        }
    }

    @Property
    void sorting_and_choosing_agree_with_streams(@ForAll @Size(max = 6) List<@IntRange(max = 9) Integer> digits) {
        assertThat(result(Op.SORT_UP, digits))
                .isEqualTo(digits.stream().sorted().toList());
        assertThat(result(Op.SORT_DOWN, digits))
                .isEqualTo(digits.stream().sorted().toList().reversed());
        assertThat(result(Op.UNIQUE, digits))
                .isEqualTo(digits.stream().distinct().toList());
        assertThat(result(Op.KEEP_EVEN, digits))
                .isEqualTo(digits.stream().filter(x -> x % 2 == 0).toList());
        assertThat(result(Op.KEEP_ODD, digits))
                .isEqualTo(digits.stream().filter(x -> x % 2 == 1).toList());
        assertThat(result(Op.KEEP_HIGH, digits))
                .isEqualTo(digits.stream().filter(x -> x > 4).toList());
        assertThat(result(Op.KEEP_LOW, digits))
                .isEqualTo(digits.stream().filter(x -> x < 5).toList());
        assertThat(result(Op.TAKE3, digits)).isEqualTo(digits.stream().limit(3).toList());
        assertThat(result(Op.DROP_FIRST, digits))
                .isEqualTo(digits.stream().skip(1).toList());
    }

    @Property
    void packing_loses_nothing(@ForAll @Size(max = 6) List<@IntRange(max = 9) Integer> digits) {
        assertThat(Digits.toList(Digits.of(digits))).isEqualTo(digits);
    }

    private static List<Integer> result(Op op, List<Integer> digits) {
        return Digits.toList(op.apply(Digits.of(digits)));
    }
}
