package dev.openaigateway.conformance;

import dev.openaigateway.support.Reply;

import java.util.ArrayList;
import java.util.List;

/** Chat completions of the mock: a word, an object where the request has a schema, or a call where it has a tool and no result of one. */
final class MockChat {

    private static final String CALL = "\"id\":\"call_1\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"";
    private static final String ANSWER = "{\\\"answer\\\":42}";

    private final String request;
    private final String echo;

    /** @param echo a member that each response has */
    MockChat(String request, String echo) {
        this.request = request;
        this.echo = echo;
    }

    String whole() {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                + (calls() ? "\"content\":null,\"tool_calls\":[{" + CALL + "{}\"}}]" : "\"content\":\"" + text() + "\"") + ",\"refusal\":null},\"logprobs\":null,"
                + "\"finish_reason\":\"" + finish() + "\"}],\"service_tier\":\"default\",\"usage\":" + usage() + "," + echo + "}";
    }

    Reply stream() {
        List<String> events = new ArrayList<>(List.of(chunk("{\"role\":\"assistant\",\"content\":" + (calls() ? "null" : "\"\"") + "}", "null")));
        if (request.contains("endless")) {
            return Reply.stream(List.of(events.get(0), chunk("{\"content\":\"Hi\"}", "null"), "")).stallAfter(2);
        }
        if (request.contains("broken-stream")) {
            events.add(chunk("{\"content\":\"Hi\"}", "null"));
            events.add("data: {\"error\":{\"message\":\"Broken\",\"type\":\"server_error\",\"param\":null,\"code\":\"broken\"}}\n\n");
            return Reply.stream(events);
        }
        if (calls()) {
            events.add(chunk("{\"tool_calls\":[{\"index\":0," + CALL + "\"}}]}", "null"));
            events.add(chunk("{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]}", "null"));
        } else {
            events.add(chunk("{\"content\":\"" + text() + "\"}", "null"));
        }
        events.add(chunk("{}", '"' + finish() + '"'));
        if (request.contains("\"include_usage\":true")) {
            events.add("data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],\"usage\":" + usage() + "}\n\n");
        }
        events.add("data: [DONE]\n\n");
        return Reply.stream(events);
    }

    private boolean calls() {
        return request.contains("\"tools\":") && !request.contains("\"role\":\"tool\"");
    }

    private String finish() {
        return calls() ? "tool_calls" : "stop";
    }

    private String text() {
        return text(request);
    }

    /** As in JSON, without quotes. */
    static String text(String request) {
        return request.contains("json_schema") ? ANSWER : "Hi";
    }

    private static String usage() {
        return "{\"prompt_tokens\":9,\"completion_tokens\":1,\"total_tokens\":10,\"prompt_tokens_details\":{\"cached_tokens\":4}}";
    }

    private String chunk(String delta, String finish) {
        return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":" + delta
                + ",\"logprobs\":null,\"finish_reason\":" + finish + "}]," + echo + "}\n\n";
    }
}
