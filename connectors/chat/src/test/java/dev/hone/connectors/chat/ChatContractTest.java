package dev.hone.connectors.chat;

import dev.hone.connectors.api.ModelProvider;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.api.ModelRequest.Speaker;
import dev.hone.connectors.api.ModelSettings;
import dev.hone.connectors.testkit.EchoModel;
import dev.hone.connectors.testkit.ModelContract;
import dev.hone.connectors.testkit.OpenAiServer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The contract through LangChain4j and HTTP; each provider passes it against the same server. */
class ChatContractTest {

    abstract static class Served extends ModelContract {
        private final OpenAiServer server = OpenAiServer.serving("echo", new EchoModel());

        @AfterEach
        void close() {
            server.close();
        }

        @Override
        protected String model() {
            return "echo";
        }

        @Override
        protected ModelSettings settings() {
            return server.settings();
        }

        @Override
        protected ModelRequest request() {
            return new ModelRequest(
                    List.of(
                            new Message(Speaker.SYSTEM, "Say the words in another order."),
                            new Message(Speaker.USER, "a b c d e f g h")),
                    "{}",
                    Optional.of(1.0),
                    6);
        }
    }

    @Nested
    class OpenAi extends Served {
        @Override
        protected ModelProvider provider() {
            return new ChatProvider.OpenAi();
        }
    }

    @Nested
    class Ollama extends Served {
        @Override
        protected ModelProvider provider() {
            return new ChatProvider.Ollama();
        }
    }

    @Nested
    class Vllm extends Served {
        @Override
        protected ModelProvider provider() {
            return new ChatProvider.Vllm();
        }
    }

    @Nested
    class LlamaCpp extends Served {
        @Override
        protected ModelProvider provider() {
            return new ChatProvider.LlamaCpp();
        }
    }

    @Nested
    class LmStudio extends Served {
        @Override
        protected ModelProvider provider() {
            return new ChatProvider.LmStudio();
        }
    }

    @Nested
    class Compatible extends Served {
        @Override
        protected ModelProvider provider() {
            return new ChatProvider.Compatible();
        }
    }

    /** A provider that is asked with a key alone. */
    abstract static class Keyed extends Served {
        @Override
        protected ModelSettings settings() {
            return new ModelSettings(super.settings().baseUrl(), Optional.of(Calls.KEY_REF), Optional.empty());
        }
    }

    @Nested
    class SgLang extends Served {
        @Override
        protected ModelProvider provider() {
            return new ChatProvider.SgLang();
        }
    }

    @Nested
    class Tgi extends Served {
        @Override
        protected ModelProvider provider() {
            return new ChatProvider.Tgi();
        }
    }

    @Nested
    class Azure extends Keyed {
        @Override
        protected ModelProvider provider() {
            return new ChatProvider.Azure();
        }
    }

    @Nested
    class Mistral extends Keyed {
        @Override
        protected ModelProvider provider() {
            return new ChatProvider.Mistral();
        }
    }

    @Nested
    class Gemini extends Keyed {
        @Override
        protected ModelProvider provider() {
            return new ChatProvider.Gemini();
        }
    }

    @Nested
    class Bedrock extends Keyed {
        @Override
        protected ModelProvider provider() {
            return new ChatProvider.Bedrock();
        }

        @Override
        protected Set<Capability> cannot() {
            return Set.of(Capability.SEED);
        }
    }

    @Nested
    class Anthropic extends Keyed {
        @Override
        protected ModelProvider provider() {
            return new ChatProvider.Anthropic();
        }

        @Override
        protected Set<Capability> cannot() {
            return Set.of(Capability.SEED);
        }
    }
}
