package dev.hone.connectors.sandbox;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The machine's Python: the program behind the {@code python3} of the path, and the directory of its library.
 *
 * @param program its absolute path, through no link
 * @param prefix what has to be shown in the sandbox
 */
record Interpreter(String program, String prefix) {

    private static final String ASK = "import os, sys; print(os.path.realpath(sys.executable)); print(sys.base_prefix)";

    private static volatile @Nullable Interpreter found;

    /** @throws ConnectorException of kind UNKNOWN when there is none */
    static Interpreter find() throws ConnectorException {
        Interpreter known = found;
        if (known == null) {
            known = ask();
            found = known;
        }
        return known;
    }

    /** It runs outside the sandbox, as the operator's own program, with nothing but a question. */
    private static Interpreter ask() throws ConnectorException {
        try {
            ProcessBuilder builder = new ProcessBuilder("python3", "-I", "-c", ASK);
            builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
            Process process = builder.redirectErrorStream(true).start();
            process.getOutputStream().close();
            List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 && lines.size() == 2) {
                return new Interpreter(lines.get(0), lines.get(1));
            }
            process.destroyForcibly();
        } catch (IOException e) {
            throw none();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw none();
    }

    private static ConnectorException none() {
        return new ConnectorException(
                Kind.UNKNOWN, "there is no python3 on the path of the engine", "install Python 3.9 or newer");
    }

    /** What to show of the machine for it; what is under /usr is shown anyway. */
    List<String> read() {
        return prefix.equals("/usr") || prefix.startsWith("/usr/") ? List.of() : List.of(prefix);
    }
}
