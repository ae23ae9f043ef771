package dev.openaigateway.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How a scripted upstream answers one request. */
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

    /** One embedding of those numbers, with usage. */
    static HttpReply embedding(double... vector) {
        return json(200, OpenAiText.embedding(vector));
    }

    static HttpReply error(int status, String json) {
        return json(status, json);
    }

    /** An OpenAI error object of that status. */
    static HttpReply error(int status, String code, String message) {
        return json(status, OpenAiText.error(code, message));
    }

    /** 429 with further headers given as name, value, name, value. */
    static HttpReply rateLimited(String... namesAndValues) {
        HttpReply reply = error(429, "429", "Rate limit reached. Please retry later.");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            reply = reply.header(namesAndValues[i], namesAndValues[i + 1]);
        }
        return reply;
    }

    /** Server-sent events, each text as it goes out, its blank line included. */
    static StreamReply stream(Iterable<String> events) {
        return new StreamReply(request -> events);
    }

    static StreamReply stream(String... events) {
        return stream(List.of(events));
    }

    /** A chat stream in OpenAI's form: role, the words, finish, usage if the request asks for it, {@code [DONE]}. */
    static StreamReply chatStream(String... words) {
        return new StreamReply(request -> OpenAiText.chatStream(request, words));
    }

    /** The same in Azure's form: before it one chunk without choices and with the prompt's filter results. */
    static StreamReply azureStream(String... words) {
        return new StreamReply(request -> OpenAiText.azureStream(request, words));
    }

    /** Those bytes and nothing else; the connection stays open for the next request. */
    static Reply raw(String latin) {
        return (line, request) -> line.write(latin);
    }

    static Reply raw(byte[] bytes) {
        return (line, request) -> line.write(bytes);
    }

    /** Those bytes, then an orderly close. */
    static Reply rawThenClose(String latin) {
        return (line, request) -> line.write(latin).close();
    }

    /** Never answers. */
    static Reply stall() {
        return (line, request) -> line.stall();
    }

    /** Resets the connection without a byte. */
    static Reply reset() {
        return (line, request) -> line.reset();
    }

    /** Closes the connection without a byte. */
    static Reply close() {
        return (line, request) -> line.close();
    }
}
