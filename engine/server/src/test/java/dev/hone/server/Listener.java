package dev.hone.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hone.engine.work.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Listens to server-sent events as the specification has them, and can be cut off. */
public final class Listener {

    /** @param id empty for events that have none */
    public record Heard(String id, String name, JsonNode data) {}

    private Listener() {}

    /**
     * Listens until the stream ends or enough was heard; then the connection is cut.
     *
     * @param after the id of the last event that is known; empty for none
     */
    public static List<Heard> listen(Served server, String path, String after, Predicate<List<Heard>> enough) {
        HttpRequest.Builder request = server.request(path).header("Accept", "text/event-stream");
        if (!after.isEmpty()) {
            request.header("Last-Event-ID", after);
        }
        HttpResponse<Stream<String>> response = server.send(request.build(), HttpResponse.BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("no stream: " + response.statusCode());
        }
        List<Heard> heard = new ArrayList<>();
        try (Stream<String> lines = response.body()) {
            String id = "";
            String name = "";
            StringBuilder data = new StringBuilder();
            for (Iterator<String> each = lines.iterator(); each.hasNext() && !enough.test(heard); ) {
                String line = each.next();
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        heard.add(new Heard(id, name, Json.read(data.toString())));
                    }
                    id = "";
                    name = "";
                    data.setLength(0);
                } else if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data.append(line.substring(5).strip());
                }
            }
        }
        return heard;
    }
}
