package dev.openaigateway.clients;

import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.OpenAIServiceVersion;
import com.azure.ai.openai.models.AudioTranscriptionFormat;
import com.azure.ai.openai.models.AudioTranscriptionOptions;
import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.ai.openai.models.EmbeddingsOptions;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.util.ClientOptions;
import com.azure.core.util.Header;
import com.openai.azure.AzureOpenAIServiceVersion;
import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Clients that call the gateway in Azure's format. Azure's SDK sends a key only over TLS, so the key is set as a plain header. */
@GatewayTest
class AzureClientsTest {

    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start("""
                clients: { keys: [client-key] }
                instances:
                  - { name: azure, api_key: k, api_base: "BASE", model_deployments: { gpt-4o: my-gpt4o } }
                  - { name: generic, provider_type: generic, api_key: k, api_base: "BASE", supported_models: [o1, whisper-1, text-embedding-3-small] }
                """.replace("BASE", UPSTREAM.uri()));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        UPSTREAM.close();
    }

    @Test
    void shouldChatWithOpenAiJavaInAzuresDatedApi() {
        OpenAIClient client = OpenAIOkHttpClient.builder().baseUrl(gateway.url("")).credential(AzureApiKeyCredential.create("client-key"))
                .azureUrlPathMode(AzureUrlPathMode.LEGACY).azureServiceVersion(AzureOpenAIServiceVersion.fromString("2024-06-01")).maxRetries(0).build();
        UPSTREAM.enqueue(Reply.chat("Good morning"), Reply.azureStream("Good ", "evening"));

        String whole = client.chat().completions().create(chat("gpt-4o")).choices().get(0).message().content().orElseThrow();
        String streamed = text(client.chat().completions().createStreaming(chat("gpt-4o")));

        assertThat(whole).isEqualTo("Good morning");
        assertThat(streamed).isEqualTo("Good evening");
        assertThat(last().target()).isEqualTo("/openai/deployments/my-gpt4o/chat/completions?api-version=2024-06-01");
    }

    @Test
    void shouldChatWithOpenAiJavaInAzuresUnifiedApi() {
        OpenAIClient client = OpenAIOkHttpClient.builder().baseUrl(gateway.url("/openai/v1")).credential(AzureApiKeyCredential.create("client-key"))
                .azureUrlPathMode(AzureUrlPathMode.UNIFIED).maxRetries(0).build();
        UPSTREAM.enqueue(Reply.chat("Good morning"));

        assertThat(client.chat().completions().create(chat("o1")).choices().get(0).message().content()).hasValue("Good morning");
        assertThat(last().target()).isEqualTo("/v1/chat/completions");
    }

    @Test
    void shouldChatWithAzuresSdk() {
        UPSTREAM.enqueue(Reply.chat("Good morning"), Reply.azureStream("Good ", "evening"));
        ChatCompletionsOptions options = new ChatCompletionsOptions(List.of(new ChatRequestUserMessage("Hello!")));

        ChatCompletions whole = azure("client-key").getChatCompletions("gpt-4o", options);
        String streamed = azure("client-key").getChatCompletionsStream("gpt-4o", options).stream()
                .flatMap(chunk -> chunk.getChoices().stream()).map(choice -> choice.getDelta().getContent())
                .filter(text -> text != null).collect(Collectors.joining());

        assertThat(whole.getChoices().get(0).getMessage().getContent()).isEqualTo("Good morning");
        assertThat(whole.getUsage().getTotalTokens()).isEqualTo(21);
        assertThat(streamed).isEqualTo("Good evening");
        assertThat(last().target()).isEqualTo("/openai/deployments/my-gpt4o/chat/completions?api-version=2024-06-01");
    }

    @Test
    void shouldEmbedWithAzuresSdk() {
        UPSTREAM.enqueue(Reply.embedding(0.5, -0.25));

        var response = azure("client-key").getEmbeddings("text-embedding-3-small", new EmbeddingsOptions(List.of("Hello")));

        assertThat(response.getData().get(0).getEmbedding()).containsExactly(0.5f, -0.25f);
        assertThat(last().target()).isEqualTo("/v1/embeddings");
        assertThat(last().text()).contains("\"model\":\"text-embedding-3-small\"");
    }

    @Test
    void shouldTranscribeWithAzuresSdk() {
        UPSTREAM.enqueue(Reply.json(200, "{\"text\":\"Hello\"}"));

        var response = azure("client-key").getAudioTranscription("whisper-1", "a.wav",
                new AudioTranscriptionOptions(new byte[] {1, 2, 3}).setResponseFormat(AudioTranscriptionFormat.JSON));

        assertThat(response.getText()).isEqualTo("Hello");
        assertThat(last().target()).isEqualTo("/v1/audio/transcriptions");
        assertThat(last().text()).contains("whisper-1");
    }

    @Test
    void shouldReportABadKeyToAzuresSdk() {
        HttpResponseException thrown = catchThrowableOfType(HttpResponseException.class, () -> azure("wrong").getChatCompletions("gpt-4o",
                new ChatCompletionsOptions(List.of(new ChatRequestUserMessage("Hello!")))));

        assertThat(thrown.getResponse().getStatusCode()).isEqualTo(401);
    }

    private static com.azure.ai.openai.OpenAIClient azure(String key) {
        return new OpenAIClientBuilder().endpoint(gateway.url("")).serviceVersion(OpenAIServiceVersion.V2024_06_01)
                .clientOptions(new ClientOptions().setHeaders(List.of(new Header("api-key", key)))).buildClient();
    }

    private static ChatCompletionCreateParams chat(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hello!").build();
    }

    private static String text(StreamResponse<ChatCompletionChunk> response) {
        try (StreamResponse<ChatCompletionChunk> stream = response) {
            return stream.stream().flatMap(chunk -> chunk.choices().stream()).flatMap(choice -> choice.delta().content().stream())
                    .collect(Collectors.joining());
        }
    }

    private static RecordedRequest last() {
        List<RecordedRequest> requests = UPSTREAM.requests();
        return requests.get(requests.size() - 1);
    }
}
