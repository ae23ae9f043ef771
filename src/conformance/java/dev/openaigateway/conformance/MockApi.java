package dev.openaigateway.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.HttpReply;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.StreamReply;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mock of OpenAI's API. Each JSON response repeats the request in the member {@code echo}, which the SDK keeps among the unknown ones. A
 * model or id {@code error-NNN} gets an error of that status, the model {@code silent} no response.
 */
final class MockApi implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ERROR = Pattern.compile("error-(\\d{3})");
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");
    private static final Pattern STREAM = Pattern.compile("\"stream\"\\s*:\\s*true|name=\"stream\"\\s+true|[?&]stream=true");

    private static final Set<String> WITH_WAIT = Set.of("429", "503");
    private static final Map<String, String> HEADERS = Map.of("x-request-id", "req_mock", "openai-processing-ms", "12", "openai-version", "2020-10-01",
            "openai-organization", "org-1", "x-ratelimit-remaining-requests", "99");

    private final ScriptedUpstream server = ScriptedUpstream.start().respond(MockApi::reply);

    String uri() {
        return server.uri();
    }

    /** Headers of the API on each response. */
    private static Reply reply(RecordedRequest request) {
        Reply reply = content(request);
        for (Map.Entry<String, String> header : HEADERS.entrySet()) {
            if (reply instanceof HttpReply whole) {
                reply = whole.header(header.getKey(), header.getValue());
            } else if (reply instanceof StreamReply stream) {
                reply = stream.header(header.getKey(), header.getValue());
            }
        }
        return reply;
    }

    private static Reply content(RecordedRequest request) {
        if (request.text().contains("\"silent\"")) {
            return Reply.stall();
        }
        Matcher error = ERROR.matcher(request.target() + request.text());
        if (error.find()) {
            HttpReply refusal = Reply.error(Integer.parseInt(error.group(1)), "{\"error\":{\"message\":\"As requested\",\"type\":\"invalid_request_error\","
                    + "\"param\":\"model\",\"code\":\"code_%s\"}}".formatted(error.group(1)));
            return WITH_WAIT.contains(error.group(1)) ? refusal.header("retry-after", "7") : refusal;
        }
        String text = MockChat.text(request.text());
        String echo = "\"echo\":" + quoted(echo(request));
        boolean stream = STREAM.matcher(request.target() + request.text().replaceAll("\\r\\n[^\\r]*\\r\\n\\r\\n", " ")).find();
        return switch (request.method() + " " + request.path()) {
            case "POST /v1/chat/completions" -> stream ? new MockChat(request.text(), echo).stream() : Reply.json(200, new MockChat(request.text(), echo).whole());
            case "POST /v1/completions" -> Reply.json(200, "{\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":1,\"model\":\"m\",\"choices\":"
                    + "[{\"text\":\"Hi\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"stop\"}]," + echo + "}");
            case "POST /v1/responses" -> stream ? Reply.stream(events(echo, text)) : Reply.json(200, response(echo, text));
            case "POST /v1/embeddings" -> Reply.json(200, "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5,-0.25]}],"
                    + "\"model\":\"m\",\"usage\":{\"prompt_tokens\":2,\"total_tokens\":2}," + echo + "}");
            case "POST /v1/audio/speech" -> Reply.body(200, "audio/mpeg", echo(request).getBytes(StandardCharsets.UTF_8));
            case "POST /v1/audio/transcriptions", "POST /v1/audio/translations" -> Reply.json(200, "{\"text\":\"Hello\"," + echo + "}");
            case "GET /v1/models" -> Reply.json(200, "{\"object\":\"list\",\"data\":[{\"id\":\"gpt-4o\",\"object\":\"model\",\"created\":5,\"owned_by\":\"system\"},"
                    + "{\"id\":\"id_retrieve\",\"object\":\"model\",\"created\":6,\"owned_by\":\"system\"}]}");
            case "GET /v1/models/id_retrieve" -> Reply.json(200, "{\"id\":\"id_retrieve\",\"object\":\"model\",\"created\":6,\"owned_by\":\"system\"}");
            default -> stream ? Reply.stream(events(echo, text)) : request.target().contains("limit=2") ? page(request.target(), echo) : Reply.json(200, "{\"id\":\"id_retrieve\",\"object\":\"thing\",\"created\":1,\"data\":[]," + echo + "}");
        };
    }

    /** The boundary of a form is chosen for each call. */
    private static String echo(RecordedRequest request) {
        String type = request.header("content-type");
        Matcher boundary = BOUNDARY.matcher(type == null ? "" : type);
        String text = request.method() + " " + request.target() + " " + type + " " + request.header("openai-beta") + " " + request.text();
        return boundary.find() ? text.replace(boundary.group(1), "BOUNDARY").replace("\"BOUNDARY\"", "BOUNDARY") : text;
    }

    private static String response(String echo, String text) {
        return "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1,\"status\":\"completed\",\"model\":\"m\",\"output\":[{\"type\":\"message\",\"id\":"
                + "\"msg_1\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"" + text + "\",\"annotations\":[]}]}]," + echo + "}";
    }

    private static List<String> events(String echo, String text) {
        String whole = response(echo, text);
        return List.of("event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,\"response\":" + whole + "}\n\n",
                "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"sequence_number\":1,\"item_id\":\"msg_1\","
                        + "\"output_index\":0,\"content_index\":0,\"delta\":\"" + text + "\",\"logprobs\":[]}\n\n",
                "event: response.completed\ndata: {\"type\":\"response.completed\",\"sequence_number\":2,\"response\":" + whole + "}\n\n");
    }

    /** Two pages, of two objects and of one. */
    private static Reply page(String target, String echo) {
        boolean first = !target.contains("after=");
        String ids = first ? "{\"id\":\"id_1\"},{\"id\":\"id_2\"}" : "{\"id\":\"id_3\"}";
        return Reply.json(200, "{\"object\":\"list\",\"data\":[" + ids.replace("}", "," + echo + "}") + "],\"has_more\":" + first + ",\"first_id\":\"id_1\",\"last_id\":\"id_2\"}");
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
