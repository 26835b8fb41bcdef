package dev.hone.connectors.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that does not run as root makes its sandbox in a user namespace; tests that do run as root try that, too. */
class OrdinaryUserTest {

    private static final String TRIES = """
            unshare --user true 2> /dev/null || echo "no namespaces"
            mount -t tmpfs none /work 2> /dev/null || echo "no mounts"
            test -e /etc/passwd || echo "no files"
            touch /usr/x 2> /dev/null || echo "no writing"
            cat given
            """;

    @Test
    void it_has_the_same_limits(@TempDir Path directory) throws Exception {
        Path root = Files.createDirectory(directory.resolve("root"));
        Path files = Files.createDirectory(directory.resolve("files"));
        Path script = directory.resolve("jail.sh");
        try (InputStream text = Jail.class.getResourceAsStream("jail.sh")) {
            Files.write(script, text.readAllBytes());
        }
        Files.writeString(files.resolve("given"), "a file\n");
        Files.writeString(files.resolve("tries.sh"), TRIES);
        for (Path path : List.of(directory, root, files)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        Process process = new ProcessBuilder(words(script, root, files))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said).isEqualTo("no namespaces\nno mounts\nno files\nno writing\na file\n");
        assertThat(process.waitFor()).isZero();
    }

    private static List<String> words(Path script, Path root, Path files) throws Exception {
        List<String> words = new ArrayList<>();
        if (Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            words.addAll(List.of("setpriv", "--reuid=61185", "--regid=61185", "--clear-groups"));
        }
        words.addAll(List.of("env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"));
        Map.of(
                        "ROOT", root.toString(),
                        "FILES", files.toString(),
                        "READ", "",
                        "DISK", "8",
                        "MEMORY", "268435456",
                        "PROCESSES", "40",
                        "SECONDS", "10",
                        "BYTES", "1000000",
                        "USER_ID", "")
                .forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(List.of("unshare", "--mount", "--pid", "--net", "--ipc", "--uts", "--fork", "--kill-child"));
        words.addAll(List.of("--user", "--map-root-user", "sh", script.toString(), "sh", "tries.sh"));
        return words;
    }
}
