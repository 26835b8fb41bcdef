package dev.hone.connectors.local.transformer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WeightsTest {

    private final Weights weights = RandomWeights.of(1, true);

    @Test
    void what_was_written_is_read_again_to_half_precision() throws IOException {
        Weights read = Weights.read(new ByteArrayInputStream(file()));
        assertThat(read.shape()).isEqualTo(weights.shape());
        assertThat(read.values()).containsExactly(weights.values(), within(2e-3f));
    }

    @Test
    void a_second_round_changes_nothing() throws IOException {
        byte[] first = file();
        ByteArrayOutputStream second = new ByteArrayOutputStream();
        Weights.read(new ByteArrayInputStream(first)).write(second);
        assertThat(second.toByteArray()).isEqualTo(first);
    }

    @Test
    void a_file_that_is_no_weights_file_is_refused() throws IOException {
        refused("PK\3\4 and something else".getBytes(StandardCharsets.US_ASCII), "does not begin with HONW");
        byte[] newer = file();
        newer[7] = 2;
        refused(newer, "has version 2, this code reads 1");
        byte[] wider = file();
        wider[11] = 32;
        refused(wider, "its shape has");
        byte[] crooked = file();
        crooked[15] = 5;
        refused(crooked, "no multiple of the 5 heads");
    }

    @Test
    void a_file_that_ends_early_is_refused() throws IOException {
        byte[] file = file();
        assertThatThrownBy(() -> Weights.read(new ByteArrayInputStream(Arrays.copyOf(file, file.length - 1))))
                .isInstanceOf(IOException.class);
    }

    @Test
    void an_unknown_parameter_is_refused_by_name() {
        assertThatThrownBy(() -> weights.values("layer9.mlp.up.matrix")).hasMessageContaining("layer9.mlp.up.matrix");
    }

    private byte[] file() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        weights.write(out);
        return out.toByteArray();
    }

    private static void refused(byte[] file, String message) {
        assertThatThrownBy(() -> Weights.read(new ByteArrayInputStream(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message);
    }
}
