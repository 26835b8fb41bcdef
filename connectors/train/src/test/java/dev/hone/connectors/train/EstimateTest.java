package dev.hone.connectors.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EstimateTest {

    @Test
    void a_mean_comes_with_its_interval() {
        Estimate estimate = Estimate.of(new double[] {0, 1, 1, 0});
        assertThat(estimate.text()).isEqualTo("0.500 ± 0.566");
        assertThat(estimate.interval()).isEqualTo("+0.500 [-0.066, +1.066]");
        assertThat(estimate.positive()).isFalse();
    }

    @Test
    void a_difference_is_taken_task_by_task() {
        Estimate same = Estimate.ofDifference(new double[] {0.2, 0.9, 0.5}, new double[] {0.1, 0.8, 0.4});
        assertThat(same.text()).isEqualTo("0.100 ± 0.000");
        assertThat(same.positive()).isTrue();
    }
}
