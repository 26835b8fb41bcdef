package dev.hone.server.offer;

import dev.hone.engine.LiveText;
import dev.hone.engine.ledger.RunEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run told as one text, part by part: what happens, line by line, and what models write while they write it. Of models that
 * write side by side one has the floor until it is done; the others wait, and what they have written comes at once then. Not
 * thread-safe.
 */
public final class Narration {

    /** A model at work. */
    private static final class Voice {
        private final StringBuilder unsaid = new StringBuilder();
        private int attempt;
        private boolean done;
    }

    private final Map<String, Voice> voices = new LinkedHashMap<>();
    private final StringBuilder lines = new StringBuilder();
    private @Nullable String speaker;

    /** What to say now of a part of a reply; may be empty. */
    public String tell(LiveText part) {
        String place = place(part.element(), part.iteration());
        Voice voice = voices.computeIfAbsent(place, p -> new Voice());
        if (part.attempt() != voice.attempt) {
            voice.unsaid
                    .append(voice.attempt == 0 ? "" : "\n")
                    .append("[")
                    .append(place)
                    .append("] ");
            voice.attempt = part.attempt();
        }
        voice.unsaid.append(part.text());
        voice.done = part.last();
        if (speaker == null) {
            speaker = place;
        }
        return place.equals(speaker) ? speak() : "";
    }

    /** What to say now of something that happened; may be empty. */
    public String tell(RunEvent event) {
        String place = place(event.element(), event.iteration());
        Optional<String> words = EventWords.of(event);
        words.ifPresent(said -> lines.append(place).append(": ").append(said).append('\n'));
        Voice voice = voices.get(place);
        if (voice != null && words.isPresent()) {
            voice.done = true; // a step that has come to something writes no more
        }
        return speaker == null || place.equals(speaker) ? speak() : "";
    }

    private static String place(String element, String iteration) {
        return iteration.isEmpty() ? element : element + " " + iteration;
    }

    private String speak() {
        StringBuilder said = new StringBuilder();
        while (speaker != null) {
            Voice voice = voices.get(speaker);
            if (voice == null) {
                break;
            }
            said.append(voice.unsaid);
            voice.unsaid.setLength(0);
            if (!voice.done) {
                return said.toString();
            }
            said.append('\n');
            voices.remove(speaker);
            speaker = voices.isEmpty() ? null : voices.keySet().iterator().next();
            said.append(lines);
            lines.setLength(0);
        }
        said.append(lines);
        lines.setLength(0);
        return said.toString();
    }
}
