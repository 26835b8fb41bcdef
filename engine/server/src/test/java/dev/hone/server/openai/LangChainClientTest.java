package dev.hone.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiTokenUsage;
import dev.langchain4j.model.output.FinishReason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** LangChain4j's client for OpenAI, unchanged. */
@Tag("slow")
class LangChainClientTest {

    private static OpenAiChatModel.OpenAiChatModelBuilder model(String name) {
        return OpenAiChatModel.builder()
                .baseUrl(Front.url())
                .apiKey("none")
                .modelName(name)
                .maxRetries(0);
    }

    @Test
    void aWorkflowAnswersAsAModel() {
        String url = Front.url();
        String key = "none";

        OpenAiChatModel model = OpenAiChatModel.builder()
                .baseUrl(url) // http://127.0.0.1:8080/v1
                .apiKey(key)
                .modelName("hone/say")
                .build();
        String answer = model.chat("the tide is low");

        assertThat(answer).isEqualTo("the tide is low");
    }

    @Test
    void theUsageIsWhatTheLoopSpent() {
        ChatResponse response = model("hone/tired").build().chat(UserMessage.from("one two three"));

        assertThat(response.aiMessage().text()).isEqualTo("one two three");
        OpenAiTokenUsage usage = (OpenAiTokenUsage) response.tokenUsage();
        assertThat(usage.inputTokenCount()).isEqualTo(6);
        assertThat(usage.outputTokenCount()).isEqualTo(6);
        assertThat(response.finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(model("hone/content").build().chat(UserMessage.from("one")).finishReason())
                .isEqualTo(FinishReason.STOP);
        assertThat(response.id()).startsWith("chatcmpl-");
        assertThat(response.modelName()).isEqualTo("hone/tired@1");
    }

    @Test
    void theSameSeedIsTheSameAnswer() {
        String words = "a b c d e f g h i j";
        String one = model("hone/shuffle").seed(7).build().chat(words);
        String again = model("hone/shuffle").seed(7).build().chat(words);
        String other = model("hone/shuffle").seed(8).build().chat(words);

        assertThat(one).isEqualTo(again).isNotEqualTo(other);
    }

    @Test
    void aParameterOfTheWorkflowTakesTheTemperature() {
        assertThat(model("hone/warm").temperature(30.5).build().chat("the sea")).isEqualTo("the sea at 30.5 degrees");
        assertThat(model("hone/warm").build().chat("the sea")).isEqualTo("the sea at 20 degrees");
        assertThat(model("hone/say").temperature(1.0).build().chat("the sea")).isEqualTo("the sea");
    }

    @Test
    void aWorkflowThatDeclaresMessagesGetsTheConversation() {
        ChatResponse response = model("hone/talk")
                .build()
                .chat(
                        SystemMessage.from("Listen:"),
                        UserMessage.from("hello"),
                        AiMessage.from("good day"),
                        UserMessage.from("bye"));

        assertThat(response.aiMessage().text())
                .isEqualTo("Listen: user says hello assistant says good day user says bye");
    }

    @Test
    void progressStreamsAsThinkingAndTheResultAsText() throws Exception {
        OpenAiStreamingChatModel model = OpenAiStreamingChatModel.builder()
                .baseUrl(Front.url())
                .apiKey("none")
                .modelName("hone/say")
                .returnThinking(true)
                .build();
        StringBuilder text = new StringBuilder();
        StringBuilder thinking = new StringBuilder();
        CompletableFuture<ChatResponse> done = new CompletableFuture<>();
        model.chat("high water at noon", new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String part) {
                text.append(part);
            }

            @Override
            public void onPartialThinking(PartialThinking part) {
                thinking.append(part.text());
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                done.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                done.completeExceptionally(error);
            }
        });
        ChatResponse response = done.get(1, TimeUnit.MINUTES);

        assertThat(text.toString()).isEqualTo("high water at noon");
        assertThat(thinking.toString()).contains("[speak] high water at noon\n").contains("speak: words = high");
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(4);
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
    }

    @Test
    void anUnknownWorkflowIsAModelThatIsNotThere() {
        assertThatThrownBy(() -> model("hone/sey").build().chat("x"))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("NOT_FOUND")
                .hasMessageContaining("Did you mean say?");
    }

    @Test
    void whatAWorkflowDoesNotTakeIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> model("hone/say").temperature(0.2).build().chat("x"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("the workflow say has no parameter temperature");
        assertThatThrownBy(() -> model("hone/say").build().chat(SystemMessage.from("Be kind."), UserMessage.from("x")))
                .isInstanceOf(LangChain4jException.class)
                .hasRootCauseInstanceOf(HttpException.class)
                .hasMessageContaining("declare an input named system or messages");
    }
}
