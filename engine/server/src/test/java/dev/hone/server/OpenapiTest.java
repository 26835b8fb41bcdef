package dev.hone.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The document of the operations, made from their code. */
@Tag("slow")
class OpenapiTest {

    private static final Path GOLDEN = Path.of("../../docs/openapi.yml");

    private final Served server = Served.shared();

    @Test
    void theDocumentIsTheOneThatIsKept() throws IOException {
        String made = server.get("/openapi/hone.yml").text();

        assertThat(made).startsWith("openapi: 3.1");
        if ("write".equals(System.getProperty("hone.golden"))) {
            Files.writeString(GOLDEN, made);
        }
        assertThat(made)
                .as("write it anew with -Dhone.golden=write, and look at what has changed")
                .isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void aPageShowsItWithoutTheNetwork() {
        assertThat(server.get("/swagger/index.html").text()).contains("/swagger/ui/swagger-ui-bundle.js");
        assertThat(server.get("/swagger/ui/swagger-ui-bundle.js").status()).isEqualTo(200);
        assertThat(server.get("/swagger/show.js").text()).contains("/openapi/hone.yml");
    }
}
