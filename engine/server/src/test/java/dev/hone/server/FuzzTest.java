package dev.hone.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.engine.work.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Whatever is sent to an operation, it is answered or refused, and never a defect. */
@Tag("slow")
class FuzzTest {

    private static final int REQUESTS = 30;
    private static final long SEED = 20_261_128;
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    private static final Served SERVER = Served.shared();
    private static String run = "";

    @BeforeAll
    static void somethingIsThere() {
        SERVER.post("/api/v1/workflows", Map.of("text", Samples.GATE));
        SERVER.post("/api/v1/workflows", Map.of("text", Samples.HAIKU));
        run = SERVER.post("/api/v1/runs", Map.of("workflow", "gate"))
                .body()
                .path("id")
                .asText();
    }

    @TestFactory
    Stream<DynamicTest> noOperationFails() throws Exception {
        JsonNode document = Json.node(new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(Path.of("../../docs/openapi.yml"))));
        List<DynamicTest> tests = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (METHODS.contains(operation.getKey())) {
                        String method = operation.getKey().toUpperCase(Locale.ROOT);
                        tests.add(DynamicTest.dynamicTest(
                                method + " " + path.getKey(),
                                () -> fuzz(method, path.getKey(), operation.getValue(), document)));
                    }
                }));
        assertThat(tests).hasSizeGreaterThan(20);
        return tests.stream();
    }

    private static void fuzz(String method, String path, JsonNode operation, JsonNode document) {
        Random random = new Random(SEED ^ (method + path).hashCode());
        for (int i = 0; i < REQUESTS; i++) {
            String uri = filled(path, random) + query(operation, random);
            String body = operation.has("requestBody") ? body(operation, document, random) : null;
            HttpRequest.Builder request = SERVER.request(uri)
                    .timeout(Duration.ofSeconds(60))
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body));
            if (body != null) {
                request.header("Content-Type", "application/json");
            }
            if (random.nextInt(4) == 0) {
                request.header("Last-Event-ID", header(random)).header("Idempotency-Key", header(random));
            }
            // Of a stream that does not end the head is enough.
            HttpResponse<InputStream> response =
                    SERVER.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (var stream = response.body()) {
                assertThat(response.statusCode())
                        .as(
                                "%s %s%n%s%n%s",
                                method,
                                uri,
                                body,
                                response.statusCode() >= 500
                                        ? new String(stream.readNBytes(2_000), StandardCharsets.UTF_8)
                                        : "")
                        .isLessThan(500);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** What a header can hold. */
    private static String header(Random random) {
        return word(random).replaceAll("[^ -~]", "");
    }

    private static String filled(String path, Random random) {
        StringBuilder filled = new StringBuilder();
        for (String part : path.substring(1).split("/")) {
            filled.append('/');
            filled.append(part.startsWith("{") ? encoded(parameter(part, random)) : part);
        }
        return filled.toString();
    }

    private static String parameter(String name, Random random) {
        if (random.nextBoolean()) {
            return switch (name) {
                case "{run}" -> run;
                case "{name}", "{workflow}" -> random.nextBoolean() ? "gate" : "haiku";
                case "{version}" -> "1";
                case "{step}" -> "verdict";
                case "{tenant}" -> "default";
                default -> word(random);
            };
        }
        return word(random);
    }

    private static String query(JsonNode operation, Random random) {
        StringBuilder query = new StringBuilder();
        operation.path("parameters").forEach(parameter -> {
            if (parameter.path("in").asText().equals("query") && random.nextInt(3) == 0) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(parameter.path("name").asText())
                        .append('=')
                        .append(encoded(word(random)));
            }
        });
        return query.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String body(JsonNode operation, JsonNode document, Random random) {
        JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
        String text = (random.nextInt(5) == 0 ? any(random, 3) : fitting(schema, document, random, 4)).toString();
        return switch (random.nextInt(10)) {
            case 0 -> text.substring(0, text.length() / 2);
            case 1 -> "[".repeat(2_000);
            default -> text;
        };
    }

    /** Mostly what the schema wants, with some things wrong in it. */
    private static JsonNode fitting(JsonNode schema, JsonNode document, Random random, int depth) {
        if (random.nextInt(8) == 0 || depth == 0) {
            return any(random, 2);
        }
        JsonNode meant = schema;
        if (schema.has("$ref")) {
            meant = document.at(schema.path("$ref").asText().substring(1));
        }
        String type = meant.path("type").asText(meant.path("type").path(0).asText());
        return switch (type) {
            case "object" -> {
                ObjectNode object = Json.object();
                for (var property : meant.path("properties").properties()) {
                    if (random.nextInt(4) > 0) {
                        object.set(property.getKey(), fitting(property.getValue(), document, random, depth - 1));
                    }
                }
                if (meant.path("additionalProperties").isObject()) {
                    object.set(word(random), fitting(meant.path("additionalProperties"), document, random, depth - 1));
                }
                yield object;
            }
            case "array" ->
                JsonNodeFactory.instance.arrayNode().add(fitting(meant.path("items"), document, random, depth - 1));
            case "integer", "number" -> number(random);
            case "boolean" -> JsonNodeFactory.instance.booleanNode(random.nextBoolean());
            case "string" ->
                JsonNodeFactory.instance.textNode(
                        meant.has("enum") && random.nextBoolean()
                                ? meant.path("enum")
                                        .get(random.nextInt(meant.path("enum").size()))
                                        .asText()
                                : word(random));
            default -> any(random, 2);
        };
    }

    private static JsonNode any(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 4)) {
            case 0 -> JsonNodeFactory.instance.nullNode();
            case 1 -> JsonNodeFactory.instance.booleanNode(random.nextBoolean());
            case 2 -> number(random);
            case 3 -> JsonNodeFactory.instance.textNode(word(random));
            case 4, 5 -> {
                ObjectNode object = Json.object();
                object.set(word(random), any(random, depth - 1));
                yield object;
            }
            default -> JsonNodeFactory.instance.arrayNode().add(any(random, depth - 1));
        };
    }

    private static JsonNode number(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> JsonNodeFactory.instance.numberNode(Long.MAX_VALUE);
            case 1 -> JsonNodeFactory.instance.numberNode(-1);
            case 2 -> JsonNodeFactory.instance.numberNode(1e308);
            case 3 -> JsonNodeFactory.instance.numberNode(0);
            default -> JsonNodeFactory.instance.numberNode(random.nextInt(100));
        };
    }

    private static String word(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> "";
            case 1 -> "x".repeat(3_000);
            case 2 -> "\u0000\uD83D\uDE00'; drop table run; --";
            case 3 -> "../../etc/passwd";
            case 4 -> run;
            case 5 -> "gate";
            case 6 -> Samples.HAIKU;
            case 7 -> "%25=%s{{x}}";
            case 8 -> "2026-11-28T00:00:00Z";
            case 9 -> Integer.toString(random.nextInt(5));
            case 10 -> "http://127.0.0.1:1/";
            default -> "w" + random.nextInt(1_000);
        };
    }
}
