package dev.openaigateway.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A scripted upstream's response to one request. */
@FunctionalInterface
public interface Reply {

    void writeTo(Line line, RecordedRequest request) throws IOException, InterruptedException;

    static HttpReply json(int status, String json) {
        return new HttpReply(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
    }

    static HttpReply body(int status, String contentType, byte[] body) {
        return new HttpReply(status, contentType, body);
    }

    /** An OpenAI chat completion with usage. */
    static HttpReply chat(String text) {
        return json(200, OpenAiText.chat(text));
    }

    static HttpReply chat(String text, int promptTokens, int completionTokens) {
        return json(200, OpenAiText.chat(text, OpenAiText.usage(promptTokens, completionTokens)));
    }

    /** A legacy completion with usage. */
    static HttpReply completion(String text) {
        return json(200, OpenAiText.completion(text));
    }

    /** Short JSON with a result of each operation, for tests of what is sent to the upstream. */
    static HttpReply anyResult() {
        return json(200, "{\"id\":\"x\",\"choices\":[{\"message\":{}}],\"output\":[],\"data\":[{}],\"results\":[{}]}");
    }

    /** One embedding with usage. */
    static HttpReply embedding(double... vector) {
        return json(200, OpenAiText.embedding(vector));
    }

    static HttpReply error(int status, String json) {
        return json(status, json);
    }

    /** An OpenAI error object. */
    static HttpReply error(int status, String code, String message) {
        return json(status, OpenAiText.error(code, message));
    }

    /** Status 429. Further headers are given as name, value, name, value. */
    static HttpReply rateLimited(String... namesAndValues) {
        HttpReply reply = error(429, "429", "Rate limit reached. Please retry later.");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            reply = reply.header(namesAndValues[i], namesAndValues[i + 1]);
        }
        return reply;
    }

    /** Server-sent events. Each text is sent as it is and must include its blank line. */
    static StreamReply stream(Iterable<String> events) {
        return new StreamReply(request -> events);
    }

    static StreamReply stream(String... events) {
        return stream(List.of(events));
    }

    /** A chat stream in OpenAI's form: role, words, finish reason, usage if requested, {@code [DONE]}. */
    static StreamReply chatStream(String... words) {
        return new StreamReply(request -> OpenAiText.chatStream(request, words));
    }

    /** A chat stream in Azure's form: preceded by a chunk without choices that has the prompt's filter results. */
    static StreamReply azureStream(String... words) {
        return new StreamReply(request -> OpenAiText.azureStream(request, words));
    }

    /** Sends exactly these bytes; the connection stays open for the next request. */
    static Reply raw(String latin) {
        return (line, request) -> line.write(latin);
    }

    static Reply raw(byte[] bytes) {
        return (line, request) -> line.write(bytes);
    }

    /** Sends exactly these bytes, then closes the connection (FIN). */
    static Reply rawThenClose(String latin) {
        return (line, request) -> line.write(latin).close();
    }

    /** Never responds. */
    static Reply stall() {
        return (line, request) -> line.stall();
    }

    /** Resets the connection without sending a byte. */
    static Reply reset() {
        return (line, request) -> line.reset();
    }

    /** Closes the connection without sending a byte. */
    static Reply close() {
        return (line, request) -> line.close();
    }
}
