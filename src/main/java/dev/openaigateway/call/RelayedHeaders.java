package dev.openaigateway.call;

import dev.openaigateway.config.HeaderSettings;
import org.apache.camel.Message;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The headers of an upstream's response that go on to the client, whatever its kind: whole, a stream, or an error. The media
 * type is not among them, since the gateway may change it.
 *
 * @param values    by name in lower case
 * @param requestId the upstream's id of the request; null if it sent no id
 */
public record RelayedHeaders(Map<String, String> values, String requestId) {

    private static final int LONGEST_ID = 200;
    private static final List<String> OF_WHOLE_RESPONSE = List.of(ResponseHeaderNames.RETRY_AFTER, ResponseHeaderNames.RETRY_AFTER_MS,
            ResponseHeaderNames.SHOULD_RETRY, ResponseHeaderNames.DISPOSITION);

    /**
     * Takes the headers of a response. Those that no client may get are removed from the message.
     *
     * @param sent    the gateway's id of the request, which many upstreams send back
     * @param dropped names that the instance's settings exclude
     * @param masked  masks secrets in a value
     */
    public static RelayedHeaders take(Message response, String sent, List<String> dropped, UnaryOperator<String> masked) {
        String id = id(response, sent);
        response.removeHeader(ResponseHeaderNames.REQUEST_ID);
        Map<String, String> values = new TreeMap<>();
        List<String> excluded = List.of();
        for (Map.Entry<String, Object> header : response.getHeaders().entrySet()) {
            String name = header.getKey();
            if (!dropped.isEmpty() && HeaderSettings.matches(dropped, name)) {
                excluded = excluded.isEmpty() ? new ArrayList<>() : excluded;
                excluded.add(name);
            } else if (ResponseHeaderNames.isForClient(name) && !name.equalsIgnoreCase("content-type")) {
                values.put(name.toLowerCase(Locale.ROOT), masked.apply(text(header.getValue())));
            }
        }
        excluded.forEach(response::removeHeader);
        return new RelayedHeaders(values, id == null ? null : masked.apply(id));
    }

    /** Those that remain when the gateway itself says with the error whether, and when, to try again. */
    RelayedHeaders ofQuotedError() {
        Map<String, String> others = new TreeMap<>(values);
        OF_WHOLE_RESPONSE.forEach(others::remove);
        return new RelayedHeaders(others, requestId);
    }

    private static String id(Message response, String sent) {
        for (String name : ResponseHeaderNames.REQUEST_IDS) {
            Object value = response.getHeader(name);
            String id = value == null ? "" : text(value);
            if (!id.isEmpty() && !id.equals(sent) && id.length() <= LONGEST_ID && id.chars().allMatch(c -> c > ' ' && c < 127)) {
                return id;
            }
        }
        return null;
    }

    private static String text(Object value) {
        return value instanceof List<?> list ? list.stream().map(String::valueOf).collect(Collectors.joining(", ")) : String.valueOf(value);
    }
}
