package dev.openaigateway.openai.body;

import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.Errors;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header fields of a part of a form. What readers take in different ways is refused, unless only the value of a file is uncertain, which the
 * gateway does not read.
 *
 * @param name      empty if the part has none
 * @param charset   of the value, if it is not UTF-8; else null
 * @param isEscaped whether the value is quoted-printable
 */
record PartHead(String name, boolean isFile, Charset charset, boolean isEscaped) {

    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):([^\\r\\n\\x00]*)");
    /** A line break that some clients have before the name of a file. */
    private static final Pattern FOLD = Pattern.compile(";[ \t]*\r\n[ \t]+(?=filename\\*?=)");
    /** A file whose name is not quoted although it has to be, and readers agree about the name of the field. */
    private static final Pattern FILE = Pattern.compile("(?i)(?:form-data|attachment)[ \t]*;[ \t]*name=[ \t]*(?:\"([^\"\\\\]+)\"|([a-z0-9_.-]+))[ \t]*;"
            + "[ \t]*filename=[ \t]*(?:\"[^\"\\\\]*\"|[^\"=;\\x00-\\x1f\\x7f]*)");
    private static final Set<String> UNCHANGED = Set.of("7bit", "8bit", "binary");
    private static final String ESCAPED = "quoted-printable";
    /** What a value in quoted-printable has if it is not as it stands. */
    private static final Pattern ESCAPES = Pattern.compile("=|[ \t](?:[\r\n]|$)");
    private static final Set<String> UTF_8 = Set.of("utf-8", "utf8", "us-ascii");
    /** Charsets that differ from UTF-8 in bytes above 127 only, some under names that Java does not have. */
    private static final Pattern LIKE_ASCII = Pattern.compile("iso-8859-\\d{1,2}|latin-?1|windows-125\\d");

    /** @throws ApiException 400 if they cannot be read in one way only */
    static PartHead of(String headers) {
        Map<String, String> fields = fields(FOLD.matcher(headers).replaceAll("; "));
        String disposition = fields.get("content-disposition");
        if (disposition == null && !headers.toLowerCase(Locale.ROOT).contains("name")) {
            return new PartHead("", true, null, false);
        }
        Map<String, String> parameters = parameters(disposition == null ? "" : disposition);
        String name = parameters.getOrDefault("name", "");
        if (name.isEmpty() || parameters.keySet().stream().anyMatch(each -> each.startsWith("name*"))) {
            throw unreadable();
        }
        boolean isFile = parameters.keySet().stream().anyMatch(each -> each.startsWith("filename"));
        String encoding = fields.getOrDefault("content-transfer-encoding", "8bit").toLowerCase(Locale.ROOT);
        if (isFile) {
            return new PartHead(name, true, null, false);
        }
        if (!UNCHANGED.contains(encoding) && !encoding.equals(ESCAPED)) {
            throw unreadable();
        }
        return new PartHead(name, false, charset(fields.getOrDefault("content-type", "")), encoding.equals(ESCAPED));
    }

    private static Map<String, String> fields(String headers) {
        Map<String, String> fields = new HashMap<>();
        for (String line : headers.split("\r\n")) {
            Matcher field = FIELD.matcher(line);
            String value = field.matches() ? field.group(2).strip() : null;
            String other = value == null ? null : fields.put(field.group(1).toLowerCase(Locale.ROOT), value);
            if (value == null || other != null && !other.equals(value)) {
                throw unreadable();
            }
        }
        return fields;
    }

    private static Map<String, String> parameters(String disposition) {
        Matcher file = FILE.matcher(disposition);
        if (file.matches()) {
            return Map.of("name", file.group(1) == null ? file.group(2) : file.group(1), "filename", "");
        }
        return HeaderValue.of(disposition).filter(value -> value.value().equals("form-data")).orElseThrow(PartHead::unreadable).parameters();
    }

    private static Charset charset(String type) {
        if (type.isEmpty()) {
            return null;
        }
        String name = HeaderValue.of(type).orElseThrow(PartHead::unreadable).parameters().getOrDefault("charset", "utf-8").toLowerCase(Locale.ROOT);
        if (UTF_8.contains(name)) {
            return null;
        }
        try {
            return LIKE_ASCII.matcher(name).matches() ? StandardCharsets.ISO_8859_1 : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw unreadable();
        }
    }

    /**
     * Whether all readers take the value for the same text.
     *
     * @param value as its bytes are read in UTF-8
     */
    boolean isPlain(String value) {
        boolean isAscii = value.chars().allMatch(each -> each < 128);
        return (charset == null || isAscii && new String(value.getBytes(StandardCharsets.US_ASCII), charset).equals(value))
                && (!isEscaped || isAscii && !ESCAPES.matcher(value).find());
    }

    static ApiException unreadable() {
        return Errors.notMultipart("The header fields of a part cannot be read in one way only.").exception();
    }
}
