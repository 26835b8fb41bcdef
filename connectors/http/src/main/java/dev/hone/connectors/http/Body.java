package dev.hone.connectors.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.common.Shown;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What is sent.
 *
 * @param type its media type
 */
record Body(byte[] bytes, String type) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final int MOST = 8 << 20;

    /** @throws ConnectorException of kind BAD_INPUT when it is too large */
    static Optional<Body> of(HttpTool.Input input) throws ConnectorException {
        Optional<Body> body;
        try {
            body = input.json().isPresent()
                    ? Optional.of(new Body(JSON.writeValueAsBytes(input.json().get()), "application/json"))
                    : input.text()
                            .map(text -> new Body(text.getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf-8"));
        } catch (JsonProcessingException e) {
            throw new ConnectorException(Kind.BAD_INPUT, "the json cannot be written", "give it plain values", null, e);
        }
        if (body.isPresent() && body.get().bytes.length > MOST) {
            throw new ConnectorException(Kind.BAD_INPUT, "more than " + MOST + " bytes are to be sent", "send less");
        }
        return body;
    }

    /**
     * An answer as a workflow reads it.
     *
     * @param from who answered
     * @throws ConnectorException of kind BROKEN when it is no text, or no JSON and says it is
     */
    static HttpTool.Output read(Answer answer, String from) throws ConnectorException {
        String text;
        try {
            text = Charset.forName(answer.charset())
                    .newDecoder()
                    .decode(ByteBuffer.wrap(answer.body()))
                    .toString();
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw broken(from + " answered with " + answer.type() + ", which is no text");
        }
        Optional<Object> json = Optional.empty();
        if (answer.type().matches("application/(.+\\+)?json") && !(answer.status() == 204 && text.isEmpty())) {
            try {
                JsonNode tree = JSON.readTree(text);
                if (tree.isMissingNode()) {
                    throw broken(from + " answered with nothing, and calls it JSON");
                }
                json = Optional.ofNullable(JSON.convertValue(tree, Object.class));
            } catch (JsonProcessingException e) {
                throw broken(from + " answered with what is no JSON, and calls it so: " + Shown.line(text));
            }
        }
        return new HttpTool.Output(answer.status(), answer.type(), text, json);
    }

    private static ConnectorException broken(String what) {
        return new ConnectorException(Kind.BROKEN, what, "see what is at this address");
    }
}
