package dev.hone.connectors.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.connectors.local.listprog.Op;
import dev.hone.connectors.local.listprog.Program;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(Programs.class)
@Domain(DomainContext.Global.class)
class NearMissesProperties {

    @Property
    void a_near_miss_is_at_most_one_operation_away(@ForAll Program program, @ForAll long seed) {
        Program miss = NearMisses.of(program, new SplittableRandom(seed));
        assertThat(distance(program.ops(), miss.ops())).isLessThanOrEqualTo(1);
    }

    /** The fewest substitutions, insertions and deletions (Levenshtein). */
    private static int distance(List<Op> a, List<Op> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.size() + b.size();
        }
        List<Op> restA = a.subList(1, a.size());
        List<Op> restB = b.subList(1, b.size());
        if (a.getFirst() == b.getFirst()) {
            return distance(restA, restB);
        }
        return 1 + Math.min(distance(restA, restB), Math.min(distance(restA, b), distance(a, restB)));
    }
}
