package dev.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Command.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told before anything listens. */
class ServeCommandTest {

    @TempDir
    Path directory;

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("hone.yaml"), text);
    }

    @Test
    void theSettingsArePrintedWithWhereTheyComeFrom() throws IOException {
        Path file = write("hone: {port: 9090, workers: 7, db: 'jdbc:postgresql://me:hunter2@db/hone'}");

        Ended ended = Command.here("serve", "--print-config", "--config", file.toString(), "--port", "7070");

        assertThat(ended.exit()).isEqualTo(Exit.DONE);
        assertThat(ended.out().lines())
                .anySatisfy(line -> assertThat(line).matches("hone.port: +7070 +# \\(command line\\).*"))
                .anySatisfy(line -> assertThat(line).matches("hone.workers: +7 +# \\(file\\).*"))
                .anySatisfy(line -> assertThat(line).matches("hone.host: +127.0.0.1 +# [^(].*"));
        assertThat(ended.out()).doesNotContain("hunter2");
    }

    @Test
    void aSettingThatThereIsNotIsNamedWithTheNearest() throws IOException {
        Ended ended = Command.here(
                "serve",
                "--print-config",
                "--config",
                write("hone: {prot: 9090}").toString());

        assertThat(ended.exit()).isEqualTo(Exit.REFUSED);
        assertThat(ended.err()).contains("UNKNOWN_KEY", "hone.prot", "Did you mean hone.port?");
    }

    @Test
    void aFileThatIsNotYamlIsAProblem() throws IOException {
        Ended ended = Command.here(
                "serve", "--print-config", "--config", write("hone: [1").toString());

        assertThat(ended.exit()).isEqualTo(Exit.REFUSED);
        assertThat(ended.err()).contains("YAML_SYNTAX").doesNotContain("\tat ");
    }

    @Test
    void onAnotherAddressThanLoopbackAuthenticationIsNeeded() {
        Ended ended = Command.here("serve", "--host", "0.0.0.0", "--data-dir", directory.toString());

        assertThat(ended.exit()).isEqualTo(Exit.REFUSED);
        assertThat(ended.err()).contains("NOT_ALLOWED", "0.0.0.0", "--auth");
    }
}
