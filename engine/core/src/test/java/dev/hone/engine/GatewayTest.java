package dev.hone.engine;

import static dev.hone.engine.SharedEngine.source;
import static dev.hone.engine.SharedEngine.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hone.broker.EmbeddedBroker;
import dev.hone.dsl.ProblemCode;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same engine on a Zeebe cluster that somebody else runs. */
@Tag("slow")
@Timeout(120)
class GatewayTest {

    @TempDir
    Path directory;

    @Test
    void twoEnginesShareOneBrokerWithoutTakingEachOthersRuns() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"));
                Engine one = Engine.open(at("one").withGateway(broker.gatewayAddress()));
                Engine two = Engine.open(at("two").withGateway(broker.gatewayAddress()))) {
            String first = one.start(one.deploy(source("guess")), target(5).withSeed(4));
            String second = two.start(two.deploy(source("guess")), target(5).withSeed(4));

            assertThat(one.await(first).best()).isEqualTo(two.await(second).best());
            assertThat(one.latest(10)).extracting(run -> run.id()).containsExactly(first);
        }
    }

    @Test
    void aGatewayThatDoesNotAnswerIsAProblemWithItsAddress() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0)) {
            closed = socket.getLocalPort();
        }
        EngineException unreachable = catchThrowableOfType(
                EngineException.class,
                () -> Engine.open(at("alone").withGateway(URI.create("http://127.0.0.1:" + closed)))
                        .close());

        assertThat(unreachable.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(ProblemCode.BROKER_FAILED);
            assertThat(problem.what()).contains("127.0.0.1:" + closed);
            assertThat(problem.fix()).isNotBlank();
        });
    }

    private EngineOptions at(String name) {
        return EngineOptions.at(directory.resolve(name));
    }
}
