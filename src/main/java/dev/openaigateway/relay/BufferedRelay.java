package dev.openaigateway.relay;

import dev.openaigateway.affinity.StoredObjects;
import dev.openaigateway.call.Call;
import dev.openaigateway.call.ClientGoneException;
import dev.openaigateway.call.ResponseHeaders;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.openai.response.JsonResponse;
import dev.openaigateway.provider.ResponseReader;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.AttemptFailedException;
import dev.openaigateway.routing.FailureReason;
import dev.openaigateway.routing.Outcome;
import dev.openaigateway.upstream.ExceptionClassifier;
import io.vertx.core.buffer.Buffer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Relays a response that is not a stream. A response of up to 1 MB is read completely and set on the exchange, so the call
 * can still fail over and later steps can change it. A larger one is relayed while it is read. Serves one attempt.
 */
final class BufferedRelay {

    private static final int LARGEST_HELD = 1024 * 1024;
    /** In bytes; for a response that must be translated as a whole. */
    private static final int LARGEST_TRANSLATED = 32 * 1024 * 1024;
    private static final int FIRST_READ = 2048;
    /** A growing array needs memory for the old and the new copy. */
    private static final int COPIES = 2;

    private final Attempt attempt;
    private final Call call;
    private final Message response;
    private final StoredObjects objects;
    private final ResponseReader reader;
    private final Function<UpstreamError, Outcome> errors;
    private boolean complete;

    /** @param errors classifies an error that arrives with a status of success, instead of a response */
    BufferedRelay(Attempt attempt, Exchange exchange, StoredObjects objects, ResponseReader reader,
                  Function<UpstreamError, Outcome> errors) {
        this.objects = objects;
        this.reader = reader;
        this.errors = errors;
        this.attempt = attempt;
        this.call = attempt.call();
        this.response = exchange.getMessage();
    }

    void run(InputStream upstream) throws IOException {
        if (call.clientStream().begun()) {
            throw notAStream();
        }
        byte[] head = head(upstream);
        if (complete) {
            hold(head);
        } else if (isJson() && !beginsAsObject(head)) {
            throw malformed("");
        } else if (isTranslated()) {
            throw malformed("too long to be translated");
        } else {
            passOn(head, upstream);
        }
    }

    /**
     * Reads the whole body, or as much as may be held. Grows the array in steps, because each step needs leave from the memory
     * budget; the first step has room for most bodies.
     */
    private byte[] head(InputStream upstream) throws IOException {
        int largest = isTranslated() ? LARGEST_TRANSLATED : LARGEST_HELD;
        byte[] head = new byte[FIRST_READ];
        int length = upstream.readNBytes(head, 0, head.length);
        while (length == head.length && length < largest && call.memory().grow(COPIES * 3L * length)) {
            head = Arrays.copyOf(head, Math.min(4 * length, largest));
            length += upstream.readNBytes(head, length, head.length - length);
        }
        complete = length < head.length;
        return complete ? Arrays.copyOf(head, length) : head;
    }

    private void hold(byte[] body) {
        JsonResponse content = null;
        if (isJson()) {
            content = read(body);
        } else if (contentType().startsWith("text/html") || body.length == 0) {
            throw malformed("");
        }
        if (!call.clientStream().leaveHead()) {
            throw notAStream();
        }
        if (content != null) {
            count(content);
        }
        byte[] result = content == null ? body : content.body();
        objects.record(attempt, result);
        call.result().contentSeen(System.nanoTime());
        int status = response.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        attempt.end(new Outcome.Succeeded(status));
        ResponseHeaders.of(call).forEach(response::setHeader);
        response.setBody(Buffer.buffer(result));
    }

    private JsonResponse read(byte[] body) {
        JsonResponse content;
        try {
            content = reader.whole(body);
        } catch (IOException e) {
            throw malformed("");
        }
        if (content.error() != null) {
            throw new AttemptFailedException(errors.apply(content.error()));
        }
        return content;
    }

    private void count(JsonResponse content) {
        call.used(content.usage());
        if (call.result().usage() == null && call.result().completionCounter() != null) {
            content.count(call.result().completionCounter());
        }
    }

    private void passOn(byte[] head, InputStream upstream) {
        Map<String, String> headers = new TreeMap<>(ResponseHeaders.ofAttempt(call, attempt.instance().name(), attempt.request().model()));
        headers.put("content-type", contentType());
        if (!call.clientStream().begin(headers)) {
            throw call.clientStream().gone() ? new ClientGoneException() : notAStream();
        }
        attempt.accept();
        objects.record(attempt, head);
        call.result().contentSeen(System.nanoTime());
        try {
            byte[] piece = head;
            for (int read = head.length; read >= 0; read = upstream.read(piece)) {
                reader.passing(piece, read);
                countCompletion(piece, read);
                call.clientStream().write(piece, 0, read);
            }
            call.used(reader.usage());
            call.clientStream().end();
            attempt.end(new Outcome.Succeeded(200));
        } catch (IOException e) {
            attempt.end(call.clientStream().gone() ? new Outcome.Abandoned() : new Outcome.BrokenOff(ExceptionClassifier.reason(e, call)));
            call.result().ended(200, "upstream_broken");
            call.clientStream().breakOff();
        }
    }

    /** Counts the raw bytes as text: nearly all of a response this long is text, and the count matters only without usage. */
    private void countCompletion(byte[] piece, int length) {
        if (call.result().completionCounter() != null && isJson() && call.request().operation() != Operation.EMBEDDINGS) {
            call.result().completionCounter().add(new String(piece, 0, length, StandardCharsets.UTF_8));
        }
    }

    private static boolean beginsAsObject(byte[] head) {
        int at = 0;
        while (at < head.length && Character.isWhitespace(head[at])) {
            at++;
        }
        return at < head.length && head[at] == '{';
    }

    private boolean isTranslated() {
        return reader.translates() && isJson();
    }

    private boolean isJson() {
        return contentType().startsWith("application/json");
    }

    private String contentType() {
        Object type = response.getHeader(Exchange.CONTENT_TYPE);
        return type == null ? "application/json" : type.toString();
    }

    /** The client requested a stream, and its response head was already sent while the upstream was slow. */
    private static AttemptFailedException notAStream() {
        return malformed("not a stream, although the client's stream has begun");
    }

    private static AttemptFailedException malformed(String detail) {
        return new AttemptFailedException(new Outcome.Failed(FailureReason.MALFORMED, detail));
    }
}
