package dev.hone.cli;

import dev.hone.server.watch.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;

/** What the engine and its libraries say goes into a file, never between the lines of a report. */
final class Log {

    private static final int FILES = 3;
    private static final int BYTES_EACH = 5_000_000;

    /** Libraries that tell of each step when all is well, and one that warns of the H2 of ADR 0005. Held, or their levels are lost. */
    private static final Map<Logger, Level> QUIET = Map.of(
            Logger.getLogger("com.zaxxer.hikari"), Level.WARNING,
            Logger.getLogger("org.flywaydb"), Level.WARNING,
            Logger.getLogger("org.flywaydb.core.internal.database.base.Database"), Level.SEVERE);

    private Log() {}

    static void nowhere() {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tFT%1$tT.%1$tL%1$tz %4$s %3$s: %5$s%6$s%n");
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        QUIET.forEach(Logger::setLevel);
    }

    /** To the standard error of a service, a line of JSON each, where whoever runs it collects them. */
    static void lines() {
        StreamHandler lines = new StreamHandler(System.err, new JsonLines()) {
            @Override
            public synchronized void publish(LogRecord record) {
                super.publish(record);
                flush();
            }
        };
        lines.setLevel(Level.INFO);
        Logger.getLogger("").addHandler(lines);
    }

    /** Into {@code logs/hone.log} of a data directory. Where that cannot be written, the ledger will say why it cannot be. */
    static void into(Path dataDir) {
        try {
            Path logs = Files.createDirectories(dataDir.resolve("logs"));
            String pattern = logs.resolve("hone.log").toString().replace("%", "%%") + ".%g";
            FileHandler file = new FileHandler(pattern, BYTES_EACH, FILES, true);
            file.setFormatter(new SimpleFormatter());
            file.setLevel(Level.INFO);
            Logger.getLogger("").addHandler(file);
        } catch (IOException e) {
            // A log is a help, not a need.
        }
    }
}
