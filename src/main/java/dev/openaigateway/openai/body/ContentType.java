package dev.openaigateway.openai.body;

import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.HttpErrors;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Content-Type} of a request, as it is passed on: an upstream must not find another boundary in it than the gateway. */
public final class ContentType {

    static final String FORM = "multipart/form-data";
    private static final String BOUNDARY = "boundary";
    private static final Pattern VALID = Pattern.compile("[ !#-\\[\\]-~]{0,69}[!#-\\[\\]-~]");
    /** A boundary with characters that have to be quoted, but are not. Nothing but blanks and a semicolon follows it. */
    private static final Pattern UNQUOTED = Pattern.compile("(?i)([ \t]*multipart/form-data[ \t]*;(?:[ \t]*charset=[a-z0-9_-]+[ \t]*;)?[ \t]*boundary=)"
            + "([^\\s;\",\\\\]{1,70})[ \t]*;?[ \t]*");

    private ContentType() {
    }

    /**
     * The type, written without what readers take in different ways. Of a form, the boundary is the only parameter.
     *
     * @param header null or empty if there is none
     * @throws ApiException 400 if it cannot be read
     */
    public static String normalized(String header) {
        if (header == null || header.isBlank()) {
            return null;
        }
        HeaderValue type = read(header).orElseThrow(() -> HttpErrors.malformedRequest(400, "The Content-Type cannot be read.").exception());
        return type.value().equals(FORM) ? withBoundary(boundary(header)) : type.text();
    }

    private static Optional<HeaderValue> read(String header) {
        Matcher unquoted = UNQUOTED.matcher(header);
        return HeaderValue.of(unquoted.matches() ? unquoted.group(1) + '"' + unquoted.group(2) + '"' : header);
    }

    static String withBoundary(String boundary) {
        return new HeaderValue(FORM, Map.of(BOUNDARY, boundary)).text();
    }

    /** @throws ApiException 400 if it is not the type of a form with one valid boundary */
    static String boundary(String header) {
        return read(header).filter(type -> type.value().equals(FORM)).map(type -> type.parameters().get(BOUNDARY))
                .filter(boundary -> VALID.matcher(boundary).matches())
                .orElseThrow(() -> Errors.notMultipart("Its Content-Type names no boundary, or not in one way.").exception());
    }
}
