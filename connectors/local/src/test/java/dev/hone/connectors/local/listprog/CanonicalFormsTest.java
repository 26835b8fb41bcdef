package dev.hone.connectors.local.listprog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CanonicalFormsTest {

    private final CanonicalForms forms = CanonicalForms.table();

    /** Some programs differ only on lists that the table's probes do not hold; their classes are one by its measure. */
    @Test
    void a_program_and_its_canonical_form_agree_on_fresh_lists_but_for_one_in_a_hundred() {
        SplittableRandom random = new SplittableRandom(99);
        int[] lists = Lists.random(random, 200, 1);
        int agreeing = 0;
        for (int i = 0; i < 2000; i++) {
            Program program = Program.numbered(random.nextInt(Program.count()));
            Program canonical = forms.of(program);
            assertThat(canonical.length()).isLessThanOrEqualTo(program.length());
            agreeing += Arrays.stream(lists).allMatch(list -> canonical.run(list) == program.run(list)) ? 1 : 0;
        }
        assertThat(agreeing).isGreaterThan(1980);
    }

    @Test
    void a_canonical_form_is_its_own_and_the_simplest_of_its_class() {
        assertThat(forms.of(Program.parse("sort-up | reverse"))).isEqualTo(Program.parse("sort-down"));
        for (int number = 0; number < Program.count(); number += 31) {
            Program canonical = forms.of(Program.numbered(number));
            assertThat(forms.of(canonical)).isEqualTo(canonical);
        }
    }

    @Test
    void one_class_in_ten_is_held_out_and_all_programs_of_a_class_share_its_side() {
        int canonical = 0;
        int heldOut = 0;
        for (int number = 0; number < Program.count(); number++) {
            Program program = Program.numbered(number);
            Program form = forms.of(program);
            if (form.equals(program)) {
                canonical++;
                heldOut += forms.heldOut(program) ? 1 : 0;
            } else {
                assertThat(forms.heldOut(program)).isEqualTo(forms.heldOut(form));
            }
        }
        assertThat(canonical).isEqualTo(forms.classes());
        assertThat(heldOut / (double) canonical).isBetween(0.09, 0.11);
    }
}
