package dev.openaigateway.bench;

import java.time.Duration;

/** The requests of the load generator and the responses of the upstream. */
final class Chat {

    static final String PATH = "/v1/chat/completions";
    static final String KEY = "bench-client-key-0123456789";
    static final String MODEL = "gpt-4o";
    static final String DONE = "data: [DONE]";

    private static final String STAMP = "\"content\":\"t";
    private static final int STAMP_DIGITS = 16;
    /** About 30 tokens. */
    private static final String PROMPT = "Explain in two short sentences why the sky is blue at noon and red in the evening, "
            + "so that a child of eight understands.";

    static final String RESPONSE = "{\"id\":\"chatcmpl-b\",\"object\":\"chat.completion\",\"created\":1700000000,\"model\":\"gpt-4o\","
            + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Blue light is scattered most.\"},"
            + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":34,\"completion_tokens\":7,\"total_tokens\":41}}";
    static final String FIRST = chunk("[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]");
    static final String LAST = chunk("[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]");
    static final String USAGE = chunk("[],\"usage\":{\"prompt_tokens\":34,\"completion_tokens\":50,\"total_tokens\":84}");

    private Chat() {
    }

    static String request() {
        return "{\"model\":\"" + MODEL + "\",\"max_tokens\":50,\"messages\":[" + message(PROMPT) + "]}";
    }

    /** A request whose prompt is the short one, repeated. */
    static String request(int repeats) {
        return request().replace(PROMPT, (PROMPT + " ").repeat(repeats).strip());
    }

    /** A streaming request; extra fields, which a proxy has to forward, give the upstream the number and interval of events. */
    static String streamRequest(int events, Duration every) {
        return "{\"model\":\"" + MODEL + "\",\"stream\":true,\"bench_events\":" + events + ",\"bench_every_ms\":" + every.toMillis()
                + ",\"max_tokens\":50,\"messages\":[" + message(PROMPT) + "]}";
    }

    /** An event whose content is its creation time. */
    static String stampedEvent() {
        return chunk("[{\"index\":0,\"delta\":{\"content\":\"t" + Clock.micros() + "\"},\"finish_reason\":null}]");
    }

    /** The time stamp of a line, in microseconds since 1970; -1 if it has none. */
    static long stampOf(String line) {
        int at = line.indexOf(STAMP);
        return at < 0 ? -1 : Long.parseLong(line, at + STAMP.length(), at + STAMP.length() + STAMP_DIGITS, 10);
    }

    private static String message(String text) {
        return "{\"role\":\"user\",\"content\":\"" + text + "\"}";
    }

    private static String chunk(String choices) {
        return "data: {\"id\":\"chatcmpl-b\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\"gpt-4o\","
                + "\"choices\":" + choices + "}\n\n";
    }
}
