package dev.hone.connectors.chat;

import dev.hone.connectors.api.ModelRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.Optional;

/** Replies of a given shape, as LangChain4j asks for them. */
final class Schemas {

    /** OpenAI wants a name; it means nothing. */
    private static final String NAME = "reply";

    private Schemas() {}

    /** Empty for a reply in prose. */
    static Optional<ResponseFormat> of(ModelRequest request) {
        return request.schema()
                .map(schema -> ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name(NAME)
                                .rootElement(JsonRawSchema.from(schema))
                                .build())
                        .build());
    }
}
