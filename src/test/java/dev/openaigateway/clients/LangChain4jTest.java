package dev.openaigateway.clients;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class LangChain4jTest {

    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start("""
                instances:
                  - { name: azure, api_key: k, api_base: "%s", model_deployments: { gpt-4o: my-gpt4o } }
                """.formatted(UPSTREAM.uri()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
    }

    @Test
    void shouldServeAChat() {
        UPSTREAM.enqueue(Reply.chat("Good morning"));
        OpenAiChatModel model = OpenAiChatModel.builder().baseUrl(gateway.url("/v1")).apiKey("any").modelName("gpt-4o").build();

        assertThat(model.chat("Hello!")).isEqualTo("Good morning");
    }

    @Test
    void shouldStreamAChat() throws Exception {
        UPSTREAM.enqueue(Reply.azureStream("Good ", "morning"));
        OpenAiStreamingChatModel model = OpenAiStreamingChatModel.builder().baseUrl(gateway.url("/v1")).apiKey("any").modelName("gpt-4o").build();
        Collecting handler = new Collecting();

        model.chat("Hello!", handler);
        ChatResponse whole = handler.whole.get(60, TimeUnit.SECONDS);

        assertThat(handler.pieces).containsExactly("Good ", "morning");
        assertThat(whole.aiMessage().text()).isEqualTo("Good morning");
        assertThat(whole.tokenUsage().totalTokenCount()).isEqualTo(11);
    }

    private static final class Collecting implements StreamingChatResponseHandler {

        private final List<String> pieces = new CopyOnWriteArrayList<>();
        private final CompletableFuture<ChatResponse> whole = new CompletableFuture<>();

        @Override
        public void onPartialResponse(String piece) {
            pieces.add(piece);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            whole.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            whole.completeExceptionally(error);
        }
    }
}
