package dev.hone.cli;

import dev.hone.engine.LiveText;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;

/** What models write, line by line, while they write it; calls side by side take turns by lines. */
final class LiveLines {

    private static final int WIDTH = 100;

    private final PrintWriter to;
    private final Map<String, StringBuilder> begun = new HashMap<>();

    LiveLines(PrintWriter to) {
        this.to = to;
    }

    synchronized void tell(LiveText part) {
        String place = part.iteration().isEmpty() ? part.element() : part.element() + " " + part.iteration();
        StringBuilder line = begun.computeIfAbsent(place, p -> new StringBuilder());
        part.text().chars().forEach(c -> {
            boolean full = line.length() >= WIDTH && c == ' ';
            if (c == '\n' || full) {
                print(place, line);
            } else if (!Character.isISOControl(c)) {
                line.append((char) c);
            }
        });
        if (part.last()) {
            print(place, line);
            begun.remove(place);
        }
    }

    private void print(String place, StringBuilder line) {
        if (!line.isEmpty()) {
            to.println("            " + place + " | " + line);
            to.flush();
            line.setLength(0);
        }
    }
}
