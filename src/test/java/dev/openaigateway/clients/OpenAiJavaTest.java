package dev.openaigateway.clients;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@GatewayTest
class OpenAiJavaTest {

    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static TestGateway gateway;
    private static OpenAIClient client;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start("""
                clients: { keys: [client-key] }
                instances:
                  - { name: only, provider_type: generic, api_base: "%s", supported_models: [gpt-4o, text-embedding-3-small] }
                """.formatted(UPSTREAM.uri()));
        client = client("client-key");
    }

    /** Resets the instance's health, which would affect the next test. */
    @BeforeEach
    void reset() {
        assertThat(gateway.post("/admin/instances/only/reset", "").statusCode()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        client.close();
        gateway.close();
        UPSTREAM.close();
    }

    @Test
    void shouldServeAChat() {
        UPSTREAM.enqueue(Reply.chat("Good morning", 9, 12));

        ChatCompletion completion = client.chat().completions().create(chat("gpt-4o"));

        assertThat(completion.choices().get(0).message().content()).hasValue("Good morning");
        assertThat(completion.usage().orElseThrow().totalTokens()).isEqualTo(21);
    }

    @Test
    void shouldStreamAChat() {
        UPSTREAM.enqueue(Reply.chatStream("Good ", "morning"));

        try (StreamResponse<ChatCompletionChunk> stream = client.chat().completions().createStreaming(chat("gpt-4o"))) {
            List<ChatCompletionChunk> chunks = stream.stream().toList();
            assertThat(text(chunks)).isEqualTo("Good morning");
            assertThat(chunks).noneMatch(chunk -> chunk.usage().isPresent());
        }
    }

    @Test
    void shouldReportTheUsageOfAStreamIfRequested() {
        UPSTREAM.enqueue(Reply.azureStream("Good ", "morning"));
        ChatCompletionCreateParams withUsage = chat("gpt-4o").toBuilder()
                .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build()).build();

        try (StreamResponse<ChatCompletionChunk> stream = client.chat().completions().createStreaming(withUsage)) {
            List<ChatCompletionChunk> chunks = stream.stream().toList();
            assertThat(text(chunks)).isEqualTo("Good morning");
            assertThat(chunks.get(chunks.size() - 1).usage().orElseThrow().completionTokens()).isEqualTo(2);
        }
    }

    @Test
    void shouldEmbed() {
        UPSTREAM.enqueue(Reply.embedding(0.5, -0.25));

        CreateEmbeddingResponse response = client.embeddings().create(EmbeddingCreateParams.builder()
                .model("text-embedding-3-small").input("Hello").encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT).build());

        assertThat(response.data().get(0).embedding()).containsExactly(0.5f, -0.25f);
    }

    @Test
    void shouldListAndFindModels() {
        assertThat(client.models().list().data()).extracting(Model::id).containsExactly("gpt-4o", "text-embedding-3-small");
        assertThat(client.models().retrieve("gpt-4o").id()).isEqualTo("gpt-4o");
        assertThat(catchThrowableOfType(NotFoundException.class, () -> client.models().retrieve("gpt-5")).code()).hasValue("model_not_found");
    }

    @Test
    void shouldThrowTheTypedExceptionForABadRequest() {
        UPSTREAM.enqueue(Reply.error(400, """
                {"error":{"message":"Too long.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"""));

        BadRequestException thrown = catchThrowableOfType(BadRequestException.class, () -> client.chat().completions().create(chat("gpt-4o")));

        assertThat(thrown.code()).hasValue("context_length_exceeded");
        assertThat(thrown.param()).hasValue("messages");
        assertThat(thrown.type()).hasValue("invalid_request_error");
    }

    @Test
    void shouldThrowTheTypedExceptionForABadKey() {
        OpenAIClient unknown = client("wrong");

        UnauthorizedException thrown = catchThrowableOfType(UnauthorizedException.class,
                () -> unknown.chat().completions().create(chat("gpt-4o")));

        assertThat(thrown.code()).hasValue("invalid_api_key");
    }

    @Test
    void shouldThrowTheTypedExceptionForAnUnknownModel() {
        NotFoundException thrown = catchThrowableOfType(NotFoundException.class, () -> client.chat().completions().create(chat("gpt-9")));

        assertThat(thrown.code()).hasValue("model_not_found");
    }

    @Test
    void shouldThrowTheTypedExceptionForALimit() {
        UPSTREAM.enqueue(Reply.rateLimited("retry-after-ms", "20"));

        RateLimitException thrown = catchThrowableOfType(RateLimitException.class, () -> client.chat().completions().create(chat("gpt-4o")));

        assertThat(thrown.code()).hasValue("rate_limit_exceeded");
        assertThat(thrown.headers().values("retry-after-ms")).containsExactly("20");
    }

    @Test
    void shouldThrowTheTypedExceptionForAServerError() {
        UPSTREAM.enqueue(Reply.error(503, "overloaded", "Try later"));

        InternalServerException thrown = catchThrowableOfType(InternalServerException.class,
                () -> client.chat().completions().create(chat("gpt-4o")));

        assertThat(thrown.statusCode()).isEqualTo(503);
    }

    @Test
    void shouldLetTheClientRetryAfterARateLimit() {
        UPSTREAM.enqueue(Reply.rateLimited("retry-after-ms", "20"), Reply.chat("Later"));
        OpenAIClient retrying = OpenAIOkHttpClient.builder().baseUrl(gateway.url("/v1")).apiKey("client-key").maxRetries(2).build();

        assertThat(retrying.chat().completions().create(chat("gpt-4o")).choices().get(0).message().content()).hasValue("Later");
    }

    @Test
    void shouldThrowWhenAStreamBreaks() {
        UPSTREAM.enqueue(Reply.chatStream("One ", "two ", "three").closeAfter(2));

        try (StreamResponse<ChatCompletionChunk> stream = client.chat().completions().createStreaming(chat("gpt-4o"))) {
            assertThat(catchThrowableOfType(OpenAIServiceException.class, () -> stream.stream().toList())).isNotNull();
        }
    }

    private static OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder().baseUrl(gateway.url("/v1")).apiKey(key).maxRetries(0).build();
    }

    private static ChatCompletionCreateParams chat(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage("Hello!").build();
    }

    private static String text(List<ChatCompletionChunk> chunks) {
        return chunks.stream().flatMap(chunk -> chunk.choices().stream()).flatMap(choice -> choice.delta().content().stream())
                .collect(Collectors.joining());
    }
}
