package dev.hone.connectors.chat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.hone.connectors.api.ModelRequest;
import java.nio.charset.StandardCharsets;

/**
 * How many tokens a text may be, for servers that do not count. The tokens of OpenAI's {@code o200k_base} times 1.5, since
 * other tokenizers make more of the same text, mostly up to a half more; never more than the text has bytes.
 */
final class Estimate {

    /** A longer text counts as one token for each byte: counting it is not worth the time. */
    private static final int LONGEST = 200_000;

    private static final class Lazy {
        private static final Encoding ENCODING =
                Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }

    private Estimate() {}

    static long of(String text) {
        long bytes = text.getBytes(StandardCharsets.UTF_8).length;
        return text.length() > LONGEST
                ? bytes
                : Math.min(bytes, (Lazy.ENCODING.countTokensOrdinary(text) * 3L + 1) / 2);
    }

    /** With what a chat template puts around each message. */
    static long of(ModelRequest request) {
        return request.messages().stream()
                .mapToLong(message -> of(message.text())
                        + ChatModel.TOKENS_AROUND_A_MESSAGE
                        + message.images().stream()
                                .mapToLong(Pictures::mostTokens)
                                .sum())
                .sum();
    }
}
