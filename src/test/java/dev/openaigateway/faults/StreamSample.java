package dev.openaigateway.faults;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A whole stream of one protocol.
 *
 * @param path    where it is requested
 * @param request the members of the request besides {@code model}
 * @param events  each with its blank line
 * @param first   index of the first event with content
 * @param last    index of the event that makes the response whole
 */
record StreamSample(String path, String request, List<String> events, int first, int last) {

    private static final String DONE = "data: [DONE]\n\n";

    static final StreamSample CHAT = new StreamSample("/v1/chat/completions",
            "\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]", List.of(
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n",
            ": thinking\n\n",
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"h\u00e9\"},\"finish_reason\":null}]}\n\n",
            "data: {\"choices\":[{\"index\":0,\ndata: \"delta\":{\"content\":\"\u4f60\"},\"finish_reason\":null}]}\n\n",
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}\n\n", DONE), 2, 4);

    static final StreamSample TWO_CHOICES = new StreamSample("/v1/chat/completions",
            "\"stream\":true,\"n\":2,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]", List.of(
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}\n\n",
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
            "data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"},\"finish_reason\":null}]}\n\n",
            "data: {\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"length\"}]}\n\n", DONE), 0, 3);

    static final StreamSample COMPLETION = new StreamSample("/v1/completions", "\"stream\":true,\"prompt\":\"Hi\"", List.of(
            "data: {\"choices\":[{\"text\":\"a\",\"index\":0,\"finish_reason\":null}]}\n\n",
            "data: {\"choices\":[{\"text\":\"\",\"index\":0,\"finish_reason\":\"length\"}]}\n\n", DONE), 0, 1);

    static final StreamSample RESPONSE = new StreamSample("/v1/responses", "\"stream\":true,\"input\":\"Hi\"", List.of(
            typed("response.created", "\"sequence_number\":0,\"response\":{\"id\":\"resp_1\",\"status\":\"in_progress\"}"),
            typed("response.output_item.added", "\"sequence_number\":1,\"item\":{\"id\":\"msg_1\"}"),
            typed("response.output_text.delta", "\"sequence_number\":2,\"delta\":\"h\u00e9\""),
            typed("response.completed", "\"sequence_number\":3,\"response\":{\"id\":\"resp_1\",\"status\":\"completed\"}")), 1, 3);

    static final StreamSample SPEECH = new StreamSample("/v1/audio/speech", "\"stream_format\":\"sse\",\"voice\":\"alloy\",\"input\":\"Hi\"", List.of(
            typed("speech.audio.delta", "\"audio\":\"AAAA\""), typed("speech.audio.delta", "\"audio\":\"BBBB\""),
            typed("speech.audio.done", "\"usage\":{\"input_tokens\":1,\"output_tokens\":2}")), 0, 2);

    static final StreamSample TRANSCRIPT = new StreamSample("/v1/audio/transcriptions", "\"stream\":true", List.of(
            typed("transcript.text.delta", "\"delta\":\"h\u00e9\""), typed("transcript.text.done", "\"text\":\"h\u00e9\"")), 0, 1);

    static final StreamSample IMAGE = new StreamSample("/v1/images/generations", "\"stream\":true,\"prompt\":\"a cat\"", List.of(
            typed("image_generation.partial_image", "\"b64_json\":\"AAAA\""), typed("image_generation.completed", "\"b64_json\":\"BBBB\"")), 0, 1);

    static final List<StreamSample> ALL = List.of(CHAT, TWO_CHOICES, COMPLETION, RESPONSE, SPEECH, TRANSCRIPT, IMAGE);

    private static String typed(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
    }

    /** The stream with each line ended so. */
    byte[] bytes(String lineEnd) {
        return String.join("", events).replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8);
    }

    /** Number of bytes after which the data of the event is complete. */
    int endOf(int event, String lineEnd) {
        return String.join("", events.subList(0, event + 1)).stripTrailing().replace("\n", lineEnd).getBytes(StandardCharsets.UTF_8).length;
    }

    /** The request for it. */
    String body(String more) {
        return "{\"model\":\"gpt-4o\"," + more + request + "}";
    }
}
