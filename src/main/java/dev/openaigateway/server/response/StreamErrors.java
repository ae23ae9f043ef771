package dev.openaigateway.server.response;

import dev.openaigateway.call.Call;
import dev.openaigateway.openai.response.StreamErrorReporter;

/** The errors in the stream of a call, which attempts and the gateway itself report in one form and with one count of events. */
public final class StreamErrors {

    private StreamErrors() {
    }

    /** What writes them. Made at the first use, after the request is read; one per call. */
    public static StreamErrorReporter of(Call call) {
        return call.attachment(StreamErrorReporter.class, any -> new StreamErrorReporter(any.request().operation(), any.request().isResumable()));
    }
}
