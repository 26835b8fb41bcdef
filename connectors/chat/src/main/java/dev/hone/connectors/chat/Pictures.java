package dev.hone.connectors.chat;

import dev.hone.connectors.api.Image;
import dev.hone.connectors.api.ModelRequest;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import java.util.ArrayList;
import java.util.List;

/** Pictures, as LangChain4j takes them, and what they may cost. */
final class Pictures {

    /** What the dearest known way of counting, that of OpenAI's gpt-4o-mini, takes for a picture and for each of its tiles. */
    private static final long TOKENS = 2_833;

    private static final long TOKENS_OF_A_TILE = 5_667;
    private static final int TILE = 512;

    /** Servers make larger pictures smaller before they count. */
    private static final long MOST_TILES = 8;

    private Pictures() {}

    /** The most that a picture counts as, with any provider that is known. */
    static long mostTokens(Image image) {
        long tiles = (long) Math.ceilDiv(image.width(), TILE) * Math.ceilDiv(image.height(), TILE);
        return TOKENS + TOKENS_OF_A_TILE * Math.min(MOST_TILES, tiles);
    }

    /** As {@code data:} URLs, for a client that takes every picture in Base64 for a JPEG. */
    static List<ChatMessage> asAddresses(List<ChatMessage> messages) {
        return messages.stream()
                .map(message -> message instanceof UserMessage user ? asAddresses(user) : message)
                .toList();
    }

    private static ChatMessage asAddresses(UserMessage message) {
        return UserMessage.from(
                message.contents().stream().map(Pictures::asAddress).toList());
    }

    private static Content asAddress(Content content) {
        if (!(content instanceof ImageContent picture)) {
            return content;
        }
        return ImageContent.from("data:" + picture.image().mimeType() + ";base64,"
                + picture.image().base64Data());
    }

    static UserMessage message(ModelRequest.Message message) {
        List<Content> parts = new ArrayList<>();
        parts.add(TextContent.from(message.text()));
        message.images().forEach(image -> parts.add(ImageContent.from(image.base64(), image.mediaType())));
        return message.images().isEmpty() ? UserMessage.from(message.text()) : UserMessage.from(parts);
    }
}
