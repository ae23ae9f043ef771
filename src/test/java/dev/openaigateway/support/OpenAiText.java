package dev.openaigateway.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Response bodies of OpenAI and Azure, as seen in recorded calls. */
final class OpenAiText {

    private static final Pattern WANTS_USAGE = Pattern.compile("\"include_usage\"\\s*:\\s*true");
    private static final String FILTERED = "\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":"
            + "{\"hate\":{\"filtered\":false,\"severity\":\"safe\"}}}]";

    private OpenAiText() {
    }

    static String usage(int prompt, int completion) {
        return "{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}"
                .formatted(prompt, completion, prompt + completion);
    }

    static String chat(String text) {
        return chat(text, usage(9, 12));
    }

    static String chat(String text, String usage) {
        return "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1700000000,\"model\":\"gpt-4o-2024-08-06\","
                + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":" + quoted(text)
                + ",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":" + usage
                + ",\"system_fingerprint\":\"fp_1\"}";
    }

    static String completion(String text) {
        return "{\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":1700000000,\"model\":\"gpt-3.5-turbo-instruct\","
                + "\"choices\":[{\"text\":" + quoted(text) + ",\"index\":0,\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                + "\"usage\":" + usage(9, 12) + "}";
    }

    static String embedding(double... vector) {
        return "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":" + Arrays.toString(vector)
                + "}],\"model\":\"text-embedding-3-small\",\"usage\":{\"prompt_tokens\":5,\"total_tokens\":5}}";
    }

    static String error(String code, String message) {
        return "{\"error\":{\"message\":" + quoted(message) + ",\"type\":null,\"param\":null,\"code\":" + quoted(code) + "}}";
    }

    static List<String> chatStream(RecordedRequest request, String... words) {
        boolean usage = WANTS_USAGE.matcher(request.text()).find();
        List<String> events = new ArrayList<>();
        events.add(delta("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null", usage));
        for (String word : words) {
            events.add(delta("{\"content\":" + quoted(word) + "}", "null", usage));
        }
        events.add(delta("{}", "\"stop\"", usage));
        if (usage) {
            events.add(chunk("[]", ",\"usage\":" + usage(9, words.length)));
        }
        events.add("data: [DONE]\n\n");
        return events;
    }

    static List<String> azureStream(RecordedRequest request, String... words) {
        List<String> events = new ArrayList<>();
        events.add("data: {\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\"," + FILTERED + "}\n\n");
        events.addAll(chatStream(request, words));
        return events;
    }

    private static String delta(String delta, String finish, boolean usage) {
        return chunk("[{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + finish + "}]",
                usage ? ",\"usage\":null" : "");
    }

    private static String chunk(String choices, String more) {
        return "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
                + "\"model\":\"gpt-4o-2024-08-06\",\"system_fingerprint\":\"fp_1\",\"choices\":" + choices + more + "}\n\n";
    }

    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < ' ') {
                json.append("\\u%04x".formatted(c));
            } else {
                json.append((char) c);
            }
        });
        return json.append('"').toString();
    }
}
