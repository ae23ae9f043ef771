package dev.openaigateway.openai.body;

import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.Errors;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header fields of a part of a form. What readers take in different ways is refused.
 *
 * @param isAscii whether the value must be ASCII, since its charset differs from UTF-8 in other characters
 */
record PartHead(String name, boolean isFile, boolean isAscii) {

    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):([^\\r\\n\\x00]*)");
    private static final Set<String> UNCHANGED = Set.of("7bit", "8bit", "binary");
    private static final Set<String> UTF_8 = Set.of("utf-8", "utf8", "us-ascii");
    /** Charsets that differ from UTF-8 in bytes above 127 only. The first is what clients of Apache name for a text without being told. */
    private static final Pattern LIKE_ASCII = Pattern.compile("iso-8859-\\d{1,2}|latin-?1|windows-125\\d");

    /** @throws ApiException 400 if they cannot be read in one way only */
    static PartHead of(String headers) {
        Map<String, String> fields = new HashMap<>();
        for (String line : headers.split("\r\n")) {
            Matcher field = FIELD.matcher(line);
            if (!field.matches() || fields.put(field.group(1).toLowerCase(Locale.ROOT), field.group(2).strip()) != null) {
                throw unreadable();
            }
        }
        HeaderValue disposition = HeaderValue.of(fields.getOrDefault("content-disposition", "")).orElseThrow(PartHead::unreadable);
        Map<String, String> parameters = disposition.parameters();
        String name = parameters.getOrDefault("name", "");
        if (!disposition.value().equals("form-data") || name.isEmpty() || parameters.keySet().stream().anyMatch(each -> each.startsWith("name*"))) {
            throw unreadable();
        }
        boolean isFile = parameters.keySet().stream().anyMatch(each -> each.startsWith("filename"));
        String charset = isFile ? "utf-8" : charset(fields);
        if (!UTF_8.contains(charset) && !LIKE_ASCII.matcher(charset).matches()) {
            throw unreadable();
        }
        return new PartHead(name, isFile, !UTF_8.contains(charset));
    }

    /** The charset of a field whose value is its bytes; empty if the value has another encoding. */
    private static String charset(Map<String, String> fields) {
        String type = fields.getOrDefault("content-type", "text/plain");
        return UNCHANGED.contains(fields.getOrDefault("content-transfer-encoding", "8bit").toLowerCase(Locale.ROOT))
                ? HeaderValue.of(type).map(each -> each.parameters().getOrDefault("charset", "utf-8").toLowerCase(Locale.ROOT)).orElse("") : "";
    }

    static ApiException unreadable() {
        return Errors.notMultipart("The header fields of a part cannot be read in one way only.").exception();
    }
}
