package dev.hone.connectors.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.Test;

class AdamWTest {

    @Test
    void a_batch_without_a_finite_gradient_changes_nothing_and_the_next_one_counts() {
        try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
            NDArray parameters = manager.create(new float[] {1, 2});
            parameters.setRequiresGradient(true);
            AdamW adam = new AdamW(parameters, new AdamW.Schedule(0.1, 1));

            backward(parameters, manager.create(new float[] {Float.NaN, 1}));
            assertThat(adam.step(0)).isFalse();
            assertThat(parameters.toFloatArray()).containsExactly(1, 2);

            backward(parameters, manager.create(new float[] {1, 1}));
            assertThat(adam.step(0)).isTrue();
            assertThat(parameters.toFloatArray()).doesNotContain(1, 2, Float.NaN);
        }
    }

    private static void backward(NDArray parameters, NDArray factors) {
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(parameters.mul(factors).sum());
        }
    }
}
