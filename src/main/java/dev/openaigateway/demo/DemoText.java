package dev.openaigateway.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.Json;
import dev.openaigateway.text.Excerpt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The demo upstream's response to one request, in the formats of OpenAI's API.
 *
 * @param words        the words of the response, each with the blank before it
 * @param promptTokens a rough estimate
 */
record DemoText(String format, String model, long created, List<String> words, int promptTokens) {

    static DemoText about(JsonNode request, String format, long created) {
        String prompt = lastWords(request);
        String response = "This is the demo upstream (" + format + ") answering \"" + prompt
                + "\". Configure an instance in routes/instances.yaml to reach a real model.";
        List<String> words = new ArrayList<>();
        for (String word : response.split(" ")) {
            words.add(words.isEmpty() ? word : " " + word);
        }
        String model = request.path("model").asText("gpt-4o-2024-11-20");
        return new DemoText(format, model, created, words, request.toString().length() / 4);
    }

    ObjectNode chat() {
        ObjectNode response = head("chat.completion");
        ObjectNode choice = response.putArray("choices").addObject().put("index", 0);
        choice.putObject("message").put("role", "assistant").put("content", String.join("", words));
        choice.putNull("logprobs").put("finish_reason", "stop");
        response.set("usage", usage());
        return response;
    }

    ObjectNode completion() {
        ObjectNode response = head("text_completion");
        response.putArray("choices").addObject().put("text", String.join("", words)).put("index", 0).putNull("logprobs")
                .put("finish_reason", "stop");
        response.set("usage", usage());
        return response;
    }

    ObjectNode embedding() {
        ObjectNode response = Json.MAPPER.createObjectNode().put("object", "list").put("model", model);
        response.putArray("data").addObject().put("object", "embedding").put("index", 0)
                .putArray("embedding").add(0.6).add(-0.64).add(0.48);
        response.putObject("usage").put("prompt_tokens", promptTokens).put("total_tokens", promptTokens);
        return response;
    }

    /** The data of each event of a streamed completion, without the final {@code [DONE]}. */
    List<String> completionEvents(JsonNode request) {
        List<String> events = new ArrayList<>();
        words.forEach(word -> events.add(piece(word, null)));
        events.add(piece("", "stop"));
        usageEvent(request, "text_completion").ifPresent(events::add);
        return events;
    }

    private String piece(String text, String finish) {
        ObjectNode piece = head("text_completion");
        piece.putArray("choices").addObject().put("text", text).put("index", 0).putNull("logprobs").put("finish_reason", finish);
        return piece.toString();
    }

    /** The data of each event of a streamed chat, without the final {@code [DONE]}. */
    List<String> chatEvents(JsonNode request) {
        List<String> events = new ArrayList<>();
        if (format.equals("azure")) {
            ObjectNode filter = head("");
            filter.putArray("choices");
            filter.putArray("prompt_filter_results").addObject().put("prompt_index", 0).putObject("content_filter_results");
            events.add(filter.toString());
        }
        events.add(chunk(Json.MAPPER.createObjectNode().put("role", "assistant").put("content", ""), null));
        words.forEach(word -> events.add(chunk(Json.MAPPER.createObjectNode().put("content", word), null)));
        events.add(chunk(Json.MAPPER.createObjectNode(), "stop"));
        usageEvent(request, "chat.completion.chunk").ifPresent(events::add);
        return events;
    }

    private Optional<String> usageEvent(JsonNode request, String object) {
        if (!request.path("stream_options").path("include_usage").asBoolean()) {
            return Optional.empty();
        }
        ObjectNode last = head(object);
        last.putArray("choices");
        last.set("usage", usage());
        return Optional.of(last.toString());
    }

    private String chunk(ObjectNode delta, String finish) {
        ObjectNode chunk = head("chat.completion.chunk");
        ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.put("finish_reason", finish);
        return chunk.toString();
    }

    private ObjectNode head(String object) {
        return Json.MAPPER.createObjectNode().put("id", "chatcmpl-demo").put("object", object).put("created", created).put("model", model);
    }

    private ObjectNode usage() {
        return Json.MAPPER.createObjectNode().put("prompt_tokens", promptTokens).put("completion_tokens", words.size())
                .put("total_tokens", promptTokens + words.size());
    }

    private static String lastWords(JsonNode request) {
        JsonNode messages = request.path("messages");
        JsonNode prompt = messages.isEmpty() ? request.path("prompt") : messages.get(messages.size() - 1).path("content");
        String text = prompt.isTextual() ? prompt.asText() : prompt.toString();
        return Excerpt.marked(text, 60);
    }
}
