package dev.openaigateway.upstream.errors;

import dev.openaigateway.openai.UpstreamError;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Recognises that an upstream refused {@code stream_options}, which the gateway adds to learn the usage of a stream. */
public final class StreamOptionsErrors {

    private static final List<String> NAMES = List.of("stream_options", "include_usage", "streamoptions");
    private static final List<String> PHRASES = List.of(
            "unknown parameter", "unrecognized request argument", "unsupported parameter", "unsupported argument", "unexpected keyword argument",
            "extra inputs are not permitted", "extra fields not permitted", "extra_forbidden", "additional properties are not allowed",
            "unknown field", "unrecognized field", "unknown name");
    private static final String NAME = "[\"'`]?(?:stream_options|streamoptions|include_usage)(?:\\.include_usage)?[\"'`]?";
    private static final String REFUSAL = "(?:not supported|unsupported|not allowed|not permitted|forbidden|extra_forbidden|unknown|unrecognized|unexpected|invalid"
            + "|not implemented)";
    /** A name beside a refusal. One with a value behind it is a quotation of the request. */
    private static final Pattern REFUSED = Pattern.compile(
            REFUSAL + "[ :(]{0,3}(?:[\\w()]{1,40}:? ){0,4}(?:body\\.)?" + NAME + "(?!\\s*[:=]\\s*[\"'\\[{\\dtfn])"
            + "|" + NAME + ":? ?(?:\\w{1,40} ){0,4}" + REFUSAL);

    private StreamOptionsErrors() {
    }

    /** For a status that refuses the request itself: the message need not name the parameter, since some upstreams do not. */
    public static boolean match(UpstreamError error) {
        String text = (error.message() + ' ' + error.param() + ' ' + error.code() + ' '
                + (error.body() == null ? "" : new String(error.body(), StandardCharsets.UTF_8))).toLowerCase(Locale.ROOT);
        return NAMES.stream().anyMatch(text::contains)
                || error.param().isEmpty() && PHRASES.stream().anyMatch(text::contains);
    }

    /** For any other status, such as 404 or 500: the message must say that the parameter is refused, since it may quote the request. */
    public static boolean matchAnyStatus(UpstreamError error) {
        return REFUSED.matcher(error.message().toLowerCase(Locale.ROOT)).find();
    }
}
