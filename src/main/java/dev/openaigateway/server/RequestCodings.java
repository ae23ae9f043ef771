package dev.openaigateway.server;

import dev.openaigateway.coding.ContentCoding;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.HttpErrors;

import java.util.ArrayList;
import java.util.List;

/** Reads {@code Content-Encoding} headers. */
final class RequestCodings {

    /** What is compressed compresses no further, so a client has no reason for more. */
    private static final int LARGEST_NUMBER = 2;

    private RequestCodings() {
    }

    /**
     * The codings in the order in which they were applied; without {@code identity}.
     *
     * @param values of the request's {@code Content-Encoding} lines
     * @throws ApiException 415 if one is unknown, or if there are too many
     */
    static List<ContentCoding> of(List<String> values) {
        List<ContentCoding> codings = new ArrayList<>(1);
        for (String name : String.join(",", values).split(",")) {
            if (!ContentCoding.isNone(name)) {
                codings.add(ContentCoding.named(name).orElseThrow(() -> HttpErrors.unsupportedEncoding(ContentCoding.NAMES).exception()));
            }
        }
        if (codings.size() > LARGEST_NUMBER) {
            throw HttpErrors.unsupportedEncoding("at most " + LARGEST_NUMBER + " of " + ContentCoding.NAMES).exception();
        }
        return codings;
    }
}
