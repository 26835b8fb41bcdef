package dev.hone.connectors.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.local.listprog.Op;
import dev.hone.connectors.local.listprog.Program;
import dev.hone.connectors.local.listprog.Task;
import dev.hone.connectors.local.listprog.TaskSource;
import dev.hone.connectors.local.transformer.Token;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(Programs.class)
@Domain(DomainContext.Global.class)
class CritiqueOracleProperties {

    @Property(tries = 300)
    void its_critique_is_what_running_the_draft_and_its_substitutions_shows(
            @ForAll Program draft, @ForAll @LongRange(max = 1000) long seed) {
        Task task = TaskSource.heldOut(1, seed).getFirst();
        int critique = CritiqueOracle.critique(draft, task.examples());
        int position = critique - Token.FIRST_POSITION;
        if (critique == Token.NO_ISSUE) {
            assertThat(task.passesVisible(draft)).isTrue();
        } else if (critique == Token.REWRITE) {
            assertThat(IntStream.range(0, draft.length()).filter(i -> mends(draft, i, task)))
                    .isEmpty();
        } else {
            assertThat(task.passesVisible(draft)).isFalse();
            assertThat(mends(draft, position, task)).isTrue();
            assertThat(IntStream.range(0, position).filter(i -> mends(draft, i, task)))
                    .isEmpty();
        }
    }

    @Property(tries = 300)
    void a_substituted_operation_is_found_or_an_earlier_one_that_mends_as_well(
            @ForAll @LongRange(max = 1000) long seed) {
        Task task = TaskSource.heldOut(1, seed).getFirst();
        if (!task.passesVisible(task.program())) {
            return;
        }
        SplittableRandom random = new SplittableRandom(seed);
        int position = random.nextInt(task.program().length());
        Program draft = task.program()
                .with(position, Op.all().get(random.nextInt(Op.all().size())));
        int critique = CritiqueOracle.critique(draft, task.examples());
        if (task.passesVisible(draft)) {
            assertThat(critique).isEqualTo(Token.NO_ISSUE);
        } else {
            assertThat(critique).isBetween(Token.FIRST_POSITION, Token.FIRST_POSITION + position);
        }
    }

    private static boolean mends(Program draft, int position, Task task) {
        return Op.all().stream().anyMatch(op -> task.passesVisible(draft.with(position, op)));
    }
}
