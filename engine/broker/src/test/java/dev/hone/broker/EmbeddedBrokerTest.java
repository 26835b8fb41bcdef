package dev.hone.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EmbeddedBrokerTest {

    @TempDir
    Path data;

    @Test
    void aDirectoryBelongsToOneBrokerAndIsFreeAfterClose() throws IOException {
        URI first;
        try (EmbeddedBroker broker = EmbeddedBroker.start(data)) {
            first = broker.gatewayAddress();
            connect(first);
            assertThatThrownBy(() -> EmbeddedBroker.start(data))
                    .isInstanceOf(BrokerException.class)
                    .hasMessageContaining(data.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            assertThat(Files.size(broker.log())).isPositive();
        }
        assertThatThrownBy(() -> connect(first)).isInstanceOf(IOException.class);
        try (EmbeddedBroker again = EmbeddedBroker.start(data)) {
            connect(again.gatewayAddress());
        }
    }

    @Test
    void aKilledBrokerIsNewsAndLeavesTheDirectoryFree() throws Exception {
        var death = new java.util.concurrent.CompletableFuture<String>();
        EmbeddedBroker broker =
                EmbeddedBroker.start(data, BrokerOptions.defaults().withOnDeath(death::complete));
        ProcessHandle.of(broker.pid()).orElseThrow().destroyForcibly();
        assertThat(death.get(10, java.util.concurrent.TimeUnit.SECONDS))
                .contains(broker.log().toString());
        broker.close();
        EmbeddedBroker.start(data).close();
    }

    private static void connect(URI gateway) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()), 1000);
        }
    }
}
