package dev.openaigateway.openai.body;

import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.HttpErrors;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;

/** The fields of a body of the type {@code application/x-www-form-urlencoded}. */
public final class UrlEncodedFields {

    private UrlEncodedFields() {
    }

    /**
     * Gives names and values in their order. Some readers take a semicolon for a separator too.
     *
     * @throws ApiException 400 if the body cannot be decoded
     */
    public static void each(byte[] body, Consumer<Map.Entry<String, String>> reader) {
        int begin = 0;
        for (int at = 0; at <= body.length; at++) {
            if (at == body.length || body[at] == '&' || body[at] == ';') {
                String field = new String(body, begin, at - begin, StandardCharsets.UTF_8);
                int end = field.indexOf('=');
                if (end > 0) {
                    reader.accept(Map.entry(decoded(field.substring(0, end)), decoded(field.substring(end + 1))));
                }
                begin = at + 1;
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8).strip();
        } catch (IllegalArgumentException e) {
            throw HttpErrors.malformedRequest(400, "The form cannot be decoded.").exception();
        }
    }
}
