package dev.hone.engine.world;

import dev.hone.connectors.api.CallContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes down each call a model answered, in a file that outlives a killed process, when a test asks for it. */
public final class CallLog {

    /** The system property that names the file. */
    public static final String FILE = "hone.test.calls";

    private CallLog() {}

    static void note(CallContext context) {
        String file = System.getProperty(FILE);
        if (file == null) {
            return;
        }
        try {
            String line = context.run() + " " + context.element() + " " + context.iteration() + "\n";
            Files.write(
                    Path.of(file),
                    line.getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
