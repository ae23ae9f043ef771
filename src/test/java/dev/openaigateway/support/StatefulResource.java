package dev.openaigateway.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An upstream with the state of the Responses API: it stores responses, their items and conversations, encrypts reasoning, and
 * refuses whatever another resource has made, in the words of OpenAI. All ids and encrypted texts contain its name.
 */
public final class StatefulResource implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final ScriptedUpstream upstream;
    private final AtomicInteger made = new AtomicInteger();
    private final Set<String> stored = ConcurrentHashMap.newKeySet();

    public StatefulResource(String name) {
        this.name = name;
        this.upstream = ScriptedUpstream.start().respond(this::reply);
    }

    public ScriptedUpstream upstream() {
        return upstream;
    }

    /** The number of requests so far. */
    public int requests() {
        return upstream.requests().size();
    }

    /** Makes it know an object, such as a conversation. */
    public StatefulResource store(String id) {
        stored.add(id);
        return this;
    }

    public Reply reply(RecordedRequest request) {
        if (!request.method().equals("POST")) {
            String id = request.path().replaceFirst(".*/responses/([^/]+).*", "$1");
            return stored.contains(id) ? Reply.json(200, "{\"id\":\"" + id + "\",\"object\":\"response\",\"status\":\"completed\",\"output\":[]}")
                    : refusal(404, null, null, "Response with id '" + id + "' not found.");
        }
        JsonNode body = parsed(request.text());
        Reply refused = refusal(body);
        return refused == null ? response(body) : refused;
    }

    private Reply refusal(JsonNode body) {
        String previous = body.path("previous_response_id").asText("");
        if (!previous.isEmpty() && !stored.contains(previous)) {
            return refusal(400, "previous_response_not_found", "previous_response_id", "Previous response with id '" + previous + "' not found.");
        }
        JsonNode conversation = body.path("conversation");
        String id = conversation.isObject() ? conversation.path("id").asText() : conversation.asText("");
        if (!id.isEmpty() && !stored.contains(id)) {
            return refusal(404, null, null, "Conversation with id '" + id + "' not found.");
        }
        for (JsonNode item : body.path("input")) {
            Reply refused = refusalOfItem(item);
            if (refused != null) {
                return refused;
            }
        }
        return null;
    }

    private Reply refusalOfItem(JsonNode item) {
        String encrypted = item.path("encrypted_content").asText("");
        if (!encrypted.isEmpty()) {
            return encrypted.startsWith("gAAA-" + name + "-") ? null : refusal(400, "invalid_encrypted_content", null,
                    "The encrypted content " + encrypted + " could not be verified. Reason: Encrypted content could not be decrypted or parsed.");
        }
        String id = item.path("id").asText("");
        boolean known = id.isEmpty() || item.has("content") || item.has("call_id") || stored.contains(id);
        return known ? null : refusal(404, null, "input", "Item with id '" + id
                + "' not found. Items are not persisted when `store` is set to false. Try again with `store` set to true, or remove this item.");
    }

    private Reply response(JsonNode body) {
        String mark = name + "-" + made.incrementAndGet();
        boolean encrypts = body.path("include").toString().contains("reasoning.encrypted_content");
        String reasoning = "{\"id\":\"rs_" + mark + "\",\"type\":\"reasoning\",\"summary\":[]"
                + (encrypts ? ",\"encrypted_content\":\"gAAA-" + mark + "\"" : "") + "}";
        String message = "{\"id\":\"msg_" + mark + "\",\"type\":\"message\",\"role\":\"assistant\",\"status\":\"completed\","
                + "\"content\":[{\"type\":\"output_text\",\"text\":\"I am " + name + "\",\"annotations\":[]}]}";
        if (body.path("store").asBoolean(true)) {
            stored.addAll(List.of("resp_" + mark, "rs_" + mark, "msg_" + mark));
        }
        String output = "[" + reasoning + "," + message + "]";
        return body.path("stream").asBoolean() ? Reply.stream(events(mark, List.of(reasoning, message), output))
                : Reply.json(200, response(mark, "completed", output));
    }

    private static List<String> events(String mark, List<String> items, String output) {
        List<String> events = new ArrayList<>();
        events.add(event("response.created", "\"response\":" + response(mark, "in_progress", "[]")));
        for (int i = 0; i < items.size(); i++) {
            events.add(event("response.output_item.added", "\"output_index\":" + i + ",\"item\":" + items.get(i).replace("gAAA-", "gAAA-early-")));
            events.add(event("response.output_text.delta", "\"item_id\":\"x\",\"output_index\":" + i + ",\"delta\":\"I am\""));
            events.add(event("response.output_item.done", "\"output_index\":" + i + ",\"item\":" + items.get(i)));
        }
        events.add(event("response.completed", "\"response\":" + response(mark, "completed", output)));
        return events;
    }

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
    }

    private static String response(String mark, String status, String output) {
        return "{\"id\":\"resp_" + mark + "\",\"object\":\"response\",\"created_at\":1700000000,\"status\":\"" + status + "\",\"model\":\"gpt-5\","
                + "\"parallel_tool_calls\":true,\"tool_choice\":\"auto\",\"tools\":[],\"output\":" + output
                + ",\"usage\":{\"input_tokens\":10,\"output_tokens\":2,\"total_tokens\":12}}";
    }

    private static Reply refusal(int status, String code, String param, String message) {
        return Reply.json(status, "{\"error\":{\"message\":" + quoted(message) + ",\"type\":\"invalid_request_error\",\"param\":" + quoted(param)
                + ",\"code\":" + quoted(code) + "}}");
    }

    private static String quoted(String text) {
        return text == null ? "null" : "\"" + text + "\"";
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        upstream.close();
    }
}
