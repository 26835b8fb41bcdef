package dev.hone.connectors.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hone.connectors.api.ModelRequest;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How one family of servers is spoken to: through LangChain4j, and what that loses of an answer is read from the answer. */
interface Protocol {

    /**
     * One call.
     *
     * @param http the connection to use
     * @param secret the key, for this call only
     * @param seed of 31 bits
     */
    record Call(
            Endpoint endpoint,
            String model,
            HttpClientBuilder http,
            Optional<String> secret,
            ModelRequest request,
            List<ChatMessage> messages,
            int seed) {

        String address() {
            return endpoint.address().toString();
        }
    }

    /** As messages name a server that speaks it. */
    String server();

    /** Whether nothing can be asked without a key. */
    boolean needsKey();

    /** Where a server at an address lists its models. */
    default String catalogue(URI address) {
        return address + "/models";
    }

    /** The highest temperature that it takes. */
    double hottest();

    ChatResponse ask(Call call);

    /**
     * Makes a request one for an answer in parts.
     *
     * @param body changed in place
     * @return the address to ask
     */
    String streamed(String url, ObjectNode body);

    /** The part of the reply's text that an event of such an answer brings, or empty. */
    String part(JsonNode event);

    /** The answer in one piece; empty when the last part is missing. */
    Optional<ObjectNode> whole(List<JsonNode> events);

    /** The text of a node that is one, else nothing. */
    static String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : "";
    }

    /** What a request without LangChain4j carries, to be let in. */
    Map<String, String> headers(String key);

    /** The field of an answer that holds the counts. */
    String usageField();

    /** What an answer counts. */
    Tokens tokens(JsonNode answer);

    /** The provider's own id of an answer, or empty. */
    String id(JsonNode answer);

    /** The provider's word for why a reply ended, or empty. */
    String finishWord(JsonNode answer);

    /** Whether the provider held a reply back. */
    boolean filtered(JsonNode answer);

    /** What an answer holds of thoughts that are not part of the reply, or empty. */
    String thoughts(JsonNode answer);
}
