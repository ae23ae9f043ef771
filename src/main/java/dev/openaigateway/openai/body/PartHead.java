package dev.openaigateway.openai.body;

import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.Errors;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header fields of a part of a form. What readers take in different ways is refused. */
record PartHead(String name, boolean isFile) {

    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):([^\\r\\n\\x00]*)");
    private static final Set<String> UNCHANGED = Set.of("7bit", "8bit", "binary");
    private static final Set<String> CHARSETS = Set.of("utf-8", "us-ascii");

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
        if (!isFile && !isPlain(fields)) {
            throw unreadable();
        }
        return new PartHead(name, isFile);
    }

    /** Whether the value of a field is its bytes in UTF-8. */
    private static boolean isPlain(Map<String, String> fields) {
        String type = fields.get("content-type");
        return UNCHANGED.contains(fields.getOrDefault("content-transfer-encoding", "8bit").toLowerCase(Locale.ROOT)) && (type == null
                || HeaderValue.of(type).filter(each -> CHARSETS.contains(each.parameters().getOrDefault("charset", "utf-8").toLowerCase(Locale.ROOT))).isPresent());
    }

    private static ApiException unreadable() {
        return Errors.notMultipart("The header fields of a part cannot be read in one way only.").exception();
    }
}
