package dev.openaigateway.relay;

import dev.openaigateway.affinity.StoredObjects;
import dev.openaigateway.call.Call;
import dev.openaigateway.call.ClientGoneException;
import dev.openaigateway.call.ResponseHeaders;
import dev.openaigateway.openai.ErrorCode;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.response.errors.ErrorRewriter;
import dev.openaigateway.provider.ResponseReader;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.outcome.Outcome;
import dev.openaigateway.upstream.ErrorsUnderSuccess;
import dev.openaigateway.upstream.ExceptionClassifier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Relays a body byte for byte as it comes: sound, text, or JSON that is too long to be held. Serves one attempt. */
final class BytesRelay {

    private final Attempt attempt;
    private final Call call;
    private final Message response;
    private final StoredObjects objects;
    private final ResponseReader reader;
    private final boolean json;
    private final ErrorRewriter rewriter;

    /** @param errors masks secrets in JSON; null for a body that is not JSON */
    BytesRelay(Attempt attempt, Message response, StoredObjects objects, ResponseReader reader, ErrorsUnderSuccess errors) {
        this.attempt = attempt;
        this.call = attempt.call();
        this.response = response;
        this.objects = objects;
        this.reader = reader;
        this.json = errors != null;
        this.rewriter = json ? errors.rewriterOfWhole() : null;
    }

    /**
     * @param piece  the first bytes of the body; the array is reused
     * @param length how many
     * @return false if nothing was sent, because the client's stream has begun with another kind of response
     */
    boolean run(byte[] piece, int length, InputStream rest) {
        int status = response.getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class);
        call.clientStream().insideEvent(true);
        if (!call.clientStream().begin(status, headers())) {
            call.clientStream().insideEvent(false);
            if (call.clientStream().gone()) {
                throw new ClientGoneException();
            }
            return false;
        }
        attempt.accept();
        if (json) {
            objects.record(attempt, piece);
        }
        call.result().contentSeen(System.nanoTime());
        try {
            for (int read = length; read >= 0; read = rest.read(piece)) {
                if (json) {
                    reader.passing(piece, read);
                    count(piece, read);
                }
                write(piece, read);
            }
            if (rewriter != null) {
                write(rewriter.rest());
            }
            call.used(reader.usage(), true);
            call.clientStream().end();
            attempt.end(new Outcome.Succeeded(status));
        } catch (IOException e) {
            attempt.end(call.clientStream().gone() ? new Outcome.Abandoned() : new Outcome.BrokenOff(ExceptionClassifier.reason(e, call)));
            call.result().ended(status, call.cancellation().stopped() ? ErrorCode.GATEWAY_STOPPING : ErrorCode.UPSTREAM_BROKEN);
            call.clientStream().breakOff();
        }
        return true;
    }

    private void write(byte[] piece, int length) {
        if (rewriter == null) {
            call.clientStream().write(piece, 0, length);
        } else {
            write(rewriter.pass(piece, length));
        }
    }

    private void write(byte[] passed) {
        if (passed.length > 0) {
            call.clientStream().write(passed, 0, passed.length);
        }
    }

    private Map<String, String> headers() {
        Map<String, String> headers = ResponseHeaders.ofBytes(call, attempt.instance().name(), attempt.request().model());
        Object type = response.getHeader(Exchange.CONTENT_TYPE);
        if (type != null) {
            headers.put("content-type", type.toString());
        }
        return headers;
    }

    /** Counts the raw bytes as text: nearly all of a response this long is text, and the count matters only without usage. */
    private void count(byte[] piece, int length) {
        Operation operation = call.request().operation();
        if (call.result().completionCounter() != null && operation != Operation.EMBEDDINGS && !operation.returnsImages()) {
            call.result().completionCounter().add(new String(piece, 0, length, StandardCharsets.UTF_8));
        }
    }
}
