package dev.openaigateway.conformance;

import com.openai.client.OpenAIClient;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIServiceException;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One call of the SDK.
 *
 * @param call returns what the SDK returns; null if it returns nothing
 */
record Flow(String name, Call call) {

    /** What Java prints of an object that has no text. */
    private static final Pattern IDENTITY = Pattern.compile("@[0-9a-f]+");

    @FunctionalInterface
    interface Call {
        Object of(OpenAIClient client) throws Exception;
    }

    /** What the SDK returned or threw, as text that can be compared. */
    String outcome(OpenAIClient client) {
        try {
            return text(call.of(client));
        } catch (OpenAIServiceException e) {
            return e.getClass().getSimpleName() + " " + e.statusCode() + " " + e.body();
        } catch (Exception e) {
            return e.toString();
        }
    }

    private static String text(Object result) throws Exception {
        if (result instanceof StreamResponse<?> stream) {
            try (stream) {
                return stream.stream().map(Object::toString).collect(Collectors.joining("\n"));
            }
        }
        if (result instanceof HttpResponse response) {
            try (response; InputStream body = response.body()) {
                return response.statusCode() + " " + new String(body.readAllBytes(), StandardCharsets.ISO_8859_1);
            }
        }
        return IDENTITY.matcher(String.valueOf(result)).replaceAll("");
    }
}
