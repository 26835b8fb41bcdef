package dev.hone.connectors.chat;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.SecretRef;
import dev.hone.connectors.testkit.Fault;
import dev.hone.connectors.testkit.RemoteContract;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** The contract of everything that speaks HTTP, held by every protocol. */
class ChatOnHostileServerTest {

    abstract static class Chat extends RemoteContract {

        abstract ModelProvider provider();

        @Override
        protected Object call(URI address, SecretRef key, CallContext context) throws ConnectorException {
            return provider().open("echo", Calls.withKey(address)).generate(Calls.HELLO, context);
        }

        @Override
        protected SecretRef key() {
            return Calls.KEY_REF;
        }
    }

    @Nested
    class OpenAi extends Chat {
        @Override
        ModelProvider provider() {
            return new ChatProvider.Compatible();
        }

        @Override
        protected String reply() {
            return """
                    {"id": "c1", "object": "chat.completion", "model": "echo", "choices": [
                      {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "one two"}}],
                     "usage": {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5}}""";
        }
    }

    @Nested
    class Mistral extends OpenAi {
        @Override
        ModelProvider provider() {
            return new ChatProvider.Mistral();
        }
    }

    @Nested
    class Anthropic extends Chat {
        @Override
        ModelProvider provider() {
            return new ChatProvider.Anthropic();
        }

        @Override
        protected String reply() {
            return """
                    {"id": "m1", "type": "message", "role": "assistant", "model": "echo", "stop_reason": "end_turn",
                     "content": [{"type": "text", "text": "one two"}],
                     "usage": {"input_tokens": 3, "output_tokens": 2}}""";
        }
    }

    @Nested
    class Gemini extends Chat {
        @Override
        ModelProvider provider() {
            return new ChatProvider.Gemini();
        }

        @Override
        protected String reply() {
            return """
                    {"responseId": "g1", "candidates": [{"finishReason": "STOP",
                      "content": {"role": "model", "parts": [{"text": "one two"}]}}],
                     "usageMetadata": {"promptTokenCount": 3, "candidatesTokenCount": 2, "totalTokenCount": 5}}""";
        }
    }

    @Nested
    class Bedrock extends Chat {
        @Override
        ModelProvider provider() {
            return new ChatProvider.Bedrock();
        }

        @Override
        protected String reply() {
            return """
                    {"output": {"message": {"role": "assistant", "content": [{"text": "one two"}]}},
                     "stopReason": "end_turn", "usage": {"inputTokens": 3, "outputTokens": 2, "totalTokens": 5}}""";
        }
    }

    /** Answers in parts, that somebody listens to. */
    abstract static class Listened extends Chat {
        @Override
        protected Object call(URI address, SecretRef key, CallContext context) throws ConnectorException {
            return super.call(address, key, context.withListener(part -> {}));
        }

        /** The half of a stream is one that broke off, and that fault is told as RESET_IN_BODY and TRUNCATED are. */
        @Override
        protected Set<Fault> cannot() {
            return Set.of(Fault.MALFORMED);
        }
    }

    @Nested
    class OpenAiInParts extends Listened {
        @Override
        ModelProvider provider() {
            return new ChatProvider.Compatible();
        }

        @Override
        protected String reply() {
            return """
                    data: {"id": "c1", "choices": [{"index": 0, "delta": {"content": "one "}, "finish_reason": null}]}

                    data: {"id": "c1", "choices": [{"index": 0, "delta": {"content": "two"}, "finish_reason": "stop"}]}

                    data: {"id": "c1", "choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 2}}

                    data: [DONE]

                    """;
        }
    }

    @Nested
    class AnthropicInParts extends Listened {
        @Override
        ModelProvider provider() {
            return new ChatProvider.Anthropic();
        }

        @Override
        protected String reply() {
            return """
                    event: message_start
                    data: {"type": "message_start", "message": {"id": "m1", "content": [], "usage": {"input_tokens": 3}}}

                    event: content_block_start
                    data: {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}}

                    event: content_block_delta
                    data: {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "one two"}}

                    event: message_delta
                    data: {"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 2}}

                    event: message_stop
                    data: {"type": "message_stop"}

                    """;
        }
    }

    @Nested
    class GeminiInParts extends Listened {
        @Override
        ModelProvider provider() {
            return new ChatProvider.Gemini();
        }

        @Override
        protected String reply() {
            return """
                    data: {"responseId": "g1", "candidates": [{"content": {"role": "model", "parts": [{"text": "one "}]}}]}

                    data: {"candidates": [{"finishReason": "STOP", "content": {"parts": [{"text": "two"}]}}],\
                     "usageMetadata": {"promptTokenCount": 3, "candidatesTokenCount": 2}}

                    """;
        }
    }
}
