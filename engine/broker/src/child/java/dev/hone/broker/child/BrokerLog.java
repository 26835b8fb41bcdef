package dev.hone.broker.child;

import java.io.IOException;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** The broker's log goes to a file of 4 MB, two at most, and nowhere else. */
final class BrokerLog {

    private static final int BYTES = 4 << 20;

    private BrokerLog() {}

    static void to(Path file) throws IOException {
        System.setProperty(
                "java.util.logging.SimpleFormatter.format", "%1$tY-%1$tm-%1$tdT%1$tT.%1$tL %4$s %3$s %5$s%6$s%n");
        Logger root = Logger.getLogger("");
        for (Handler console : root.getHandlers()) {
            root.removeHandler(console);
        }
        // "%" is a pattern character in the name that FileHandler takes.
        FileHandler handler = new FileHandler(file.toString().replace("%", "%%"), BYTES, 2, true);
        handler.setFormatter(new SimpleFormatter());
        handler.setLevel(Level.INFO);
        root.addHandler(handler);
    }
}
