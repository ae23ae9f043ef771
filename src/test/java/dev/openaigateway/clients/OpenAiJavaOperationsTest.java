package dev.openaigateway.clients;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.StreamResponse;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.moderations.ModerationCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class OpenAiJavaOperationsTest {

    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static final String RESPONSE = "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1700000000,\"status\":\"completed\",\"model\":\"gpt-4o\","
            + "\"output\":[{\"type\":\"message\",\"id\":\"msg_1\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\","
            + "\"text\":\"Good morning\",\"annotations\":[]}]}],\"parallel_tool_calls\":true,\"tool_choice\":\"auto\",\"tools\":[],"
            + "\"usage\":{\"input_tokens\":9,\"input_tokens_details\":{\"cached_tokens\":0},\"output_tokens\":2,"
            + "\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":11}}";
    private static TestGateway gateway;
    private static OpenAIClient client;

    @BeforeAll
    static void start() {
        gateway = TestGateway.start("""
                instances:
                  - { name: only, provider_type: generic, api_base: "%s" }
                """.formatted(UPSTREAM.uri()));
        client = OpenAIOkHttpClient.builder().baseUrl(gateway.url("/v1")).apiKey("any").maxRetries(0).build();
    }

    @AfterAll
    static void stop() {
        client.close();
        gateway.close();
        UPSTREAM.close();
    }

    @Test
    void shouldCreateAndFetchAResponse() {
        UPSTREAM.enqueue(Reply.json(200, RESPONSE), Reply.json(200, RESPONSE), Reply.json(200, "{\"id\":\"resp_1\",\"deleted\":true}"));

        Response made = client.responses().create(ResponseCreateParams.builder().model("gpt-4o").input("Hello!").build());
        Response fetched = client.responses().retrieve(made.id());
        client.responses().delete(made.id());

        assertThat(fetched.output().get(0).asMessage().content().get(0).asOutputText().text()).isEqualTo("Good morning");
        assertThat(last().method() + " " + last().target()).isEqualTo("DELETE /v1/responses/resp_1");
    }

    @Test
    void shouldStreamAResponse() {
        UPSTREAM.enqueue(Reply.stream(
                event("response.created", "{\"type\":\"response.created\",\"sequence_number\":0,\"response\":" + RESPONSE + "}"),
                event("response.output_text.delta", "{\"type\":\"response.output_text.delta\",\"sequence_number\":1,\"item_id\":\"msg_1\","
                        + "\"output_index\":0,\"content_index\":0,\"delta\":\"Good morning\",\"logprobs\":[]}"),
                event("response.completed", "{\"type\":\"response.completed\",\"sequence_number\":2,\"response\":" + RESPONSE + "}")));

        try (StreamResponse<ResponseStreamEvent> stream = client.responses().createStreaming(
                ResponseCreateParams.builder().model("gpt-4o").input("Hello!").build())) {
            String text = stream.stream().flatMap(event -> event.outputTextDelta().stream()).map(delta -> delta.delta()).collect(Collectors.joining());
            assertThat(text).isEqualTo("Good morning");
        }
    }

    @Test
    void shouldSpeakAndTranscribe() throws IOException {
        byte[] sound = {0, 1, -1, 127, 10, 13};
        UPSTREAM.enqueue(Reply.body(200, "audio/mpeg", sound), Reply.json(200, "{\"text\":\"Hello\"}"));

        try (HttpResponse speech = client.audio().speech().create(
                SpeechCreateParams.builder().model("tts-1").input("Hello").voice("alloy").build())) {
            assertThat(speech.body().readAllBytes()).isEqualTo(sound);
        }
        String text = client.audio().transcriptions().create(
                TranscriptionCreateParams.builder().model("whisper-1").file(new ByteArrayInputStream(sound)).build()).asTranscription().text();

        assertThat(text).isEqualTo("Hello");
        assertThat(last().target()).isEqualTo("/v1/audio/transcriptions");
    }

    @Test
    void shouldGenerateAnImageAndModerate() {
        UPSTREAM.enqueue(Reply.json(200, "{\"created\":1,\"data\":[{\"url\":\"https://example.com/cat.png\"}]}"),
                Reply.json(200, "{\"id\":\"modr-1\",\"model\":\"omni-moderation-latest\",\"results\":[{\"flagged\":false}]}"));

        assertThat(client.images().generate(ImageGenerateParams.builder().model("dall-e-3").prompt("A cat").build())
                .data().orElseThrow().get(0).url()).hasValue("https://example.com/cat.png");
        assertThat(client.moderations().create(ModerationCreateParams.builder().input("Hello").build()).results()).hasSize(1);
        assertThat(last().target()).isEqualTo("/v1/moderations");
    }

    private static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }

    private static RecordedRequest last() {
        List<RecordedRequest> requests = UPSTREAM.requests();
        return requests.get(requests.size() - 1);
    }
}
