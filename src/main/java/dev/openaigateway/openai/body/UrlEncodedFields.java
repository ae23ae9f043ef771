package dev.openaigateway.openai.body;

import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.HttpErrors;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The fields of a body of the type {@code application/x-www-form-urlencoded}. */
public final class UrlEncodedFields {

    private UrlEncodedFields() {
    }

    /**
     * Names and values in their order. Some readers take a semicolon for a separator too.
     *
     * @throws ApiException 400 if the body cannot be decoded
     */
    public static List<Map.Entry<String, String>> in(byte[] body) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (String field : new String(body, StandardCharsets.UTF_8).split("[&;]")) {
            int end = field.indexOf('=');
            if (end > 0) {
                fields.add(Map.entry(decoded(field.substring(0, end)), decoded(field.substring(end + 1))));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8).strip();
        } catch (IllegalArgumentException e) {
            throw HttpErrors.malformedRequest(400, "The form cannot be decoded.").exception();
        }
    }
}
