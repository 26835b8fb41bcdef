package dev.hone.workflows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.dsl.EvalPlan;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.Source;
import dev.hone.engine.Workshop;
import org.junit.jupiter.api.Test;

/** Who knows the right program is another workflow than mint, marked as an oracle, and mint itself cannot know it. */
class OracleTest {

    private static final Catalogue.Entry MINT = Catalogue.find("mint").orElseThrow();

    @Test
    void thePlanMarksWhoKnowsTheTruth() {
        assertThat(EvalPlan.read("eval.yaml", MINT.file("eval.yaml").orElseThrow()))
                .isInstanceOfSatisfying(
                        EvalPlan.Listing.Read.class,
                        read -> assertThat(read.plan().variants().values())
                                .filteredOn(variant -> variant.file().isPresent())
                                .singleElement()
                                .matches(EvalPlan.Variant::oracle));
        assertThat(Workshop.discovered()
                        .check(new Source(
                                "mint/oracle.yaml", MINT.file("oracle.yaml").orElseThrow())))
                .isEmpty();
    }

    @Test
    void aCriticOfMintWhoReadsTheTruthIsRefused() {
        String leak = "draft: \"= program\", trace: \"= seen.trace\"";
        assertThat(MINT.text()).contains(leak);

        assertThat(Workshop.discovered()
                        .check(new Source(
                                "mint/workflow.yaml", MINT.text().replace(leak, leak + ", truth: \"= truth\""))))
                .extracting(Problem::code)
                .containsExactly(ProblemCode.SEALED_LEAK);
    }
}
