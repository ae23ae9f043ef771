package com.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.InstanceSettings.Target;
import dev.openaigateway.config.ProviderTraits;
import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.response.JsonResponse;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.response.SseData;
import dev.openaigateway.openai.response.StreamEvent;
import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.provider.Provider;
import dev.openaigateway.provider.ResponseReader;
import dev.openaigateway.provider.UpstreamCall;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An imaginary upstream that shares nothing with OpenAI's API but HTTP, JSON and server-sent events. It shows what a provider
 * outside the project needs: this one class.
 */
public class AcmeProvider implements Provider {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String name() {
        return "acme";
    }

    /** An instance needs a key. The path of a call has the name of a deployment. */
    @Override
    public ProviderTraits traits() {
        return new ProviderTraits(true, true, ProviderTraits.AddressForm.AS_WRITTEN);
    }

    @Override
    public UpstreamCall request(ModelRequest request, InstanceSettings instance) {
        Target target = instance.target(request.model(), request.operation().path());
        if (request.operation() != Operation.CHAT_COMPLETIONS || !InstanceSettings.isPlainName(target.modelName())) {
            throw Errors.modelNotFound(request.model(), List.of()).exception();
        }
        ObjectNode body = JSON.createObjectNode();
        JsonNode messages = tree(request.body().bytes()).path("messages");
        body.put("ask", messages.path(messages.size() - 1).path("content").asText());
        body.put("live", request.stream());
        return new UpstreamCall("POST", target.baseUrl() + "/talk/" + target.modelName(), Map.of("x-acme-edition", "7"),
                "application/json", bytes(body));
    }

    @Override
    public Optional<Map.Entry<String, String>> authorization(InstanceSettings instance) {
        return instance.authorization("x-acme-key");
    }

    @Override
    public String healthUrl(InstanceSettings instance, URI base) {
        return base + "/alive";
    }

    @Override
    public String telemetryName() {
        return "acme";
    }

    @Override
    public ResponseReader reader(ModelRequest request) {
        return new Reader(request.model());
    }

    private static final class Reader implements ResponseReader {

        private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

        private final String model;

        Reader(String model) {
            this.model = model;
        }

        @Override
        public boolean translates() {
            return true;
        }

        @Override
        public JsonResponse whole(byte[] body) throws IOException {
            JsonNode theirs = JSON.readTree(body);
            if (theirs.has("fault")) {
                return JsonResponse.read(translatedError(theirs));
            }
            if (!theirs.path("says").isTextual()) {
                throw new IOException("not a response");
            }
            ObjectNode ours = JSON.createObjectNode().put("object", "chat.completion").put("model", model);
            ObjectNode choice = ours.putArray("choices").addObject().put("index", 0).put("finish_reason", "stop");
            choice.putObject("message").put("role", "assistant").set("content", theirs.get("says"));
            ours.set("usage", usage(theirs.path("spent")));
            return JsonResponse.read(bytes(ours));
        }

        @Override
        public StreamEvent event(byte[] bytes, int start, int end, boolean contentSeen, CompletionCounter counter) {
            SseData data = SseData.in(bytes, start, end);
            if (data == null) {
                return StreamEvent.NO_DATA;
            }
            JsonNode theirs = tree(data.copyOfBytes());
            if (theirs.has("piece")) {
                ObjectNode chunk = JSON.createObjectNode().put("object", "chat.completion.chunk").put("model", model);
                chunk.putArray("choices").addObject().put("index", 0).putObject("delta").set("content", theirs.get("piece"));
                return StreamEvent.translated(bytes(chunk), counter);
            }
            if (theirs.has("spent")) {
                ObjectNode chunk = JSON.createObjectNode().put("object", "chat.completion.chunk").put("model", model);
                chunk.putArray("choices");
                chunk.set("usage", usage(theirs.get("spent")));
                return StreamEvent.translated(bytes(chunk), counter);
            }
            if (theirs.has("fault")) {
                return StreamEvent.translated(translatedError(theirs), counter);
            }
            return theirs.has("bye") ? StreamEvent.translated(DONE, counter) : StreamEvent.DROPPED;
        }

        @Override
        public boolean isComplete(byte[] bytes, int start, int end) {
            SseData data = SseData.in(bytes, start, end);
            return data != null && tree(data.copyOfBytes()).isObject();
        }

        @Override
        public UpstreamError error(byte[] body) {
            JsonNode theirs = tree(body);
            return UpstreamError.read(theirs.has("fault") ? translatedError(theirs) : body);
        }

        private static ObjectNode usage(JsonNode spent) {
            return JSON.createObjectNode().put("prompt_tokens", spent.path("heard").asLong())
                    .put("completion_tokens", spent.path("said").asLong());
        }

        private static byte[] translatedError(JsonNode theirs) {
            ObjectNode ours = JSON.createObjectNode();
            ours.putObject("error").put("message", theirs.path("why").asText()).put("type", switch (theirs.path("fault").asText()) {
                case "busy" -> "rate_limit_error";
                case "nonsense" -> "invalid_request_error";
                default -> "server_error";
            });
            return bytes(ours);
        }
    }

    /** Returns a missing node if the text is not JSON. */
    private static JsonNode tree(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
