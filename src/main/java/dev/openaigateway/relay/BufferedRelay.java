package dev.openaigateway.relay;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ClientGoneException;
import dev.openaigateway.call.ResponseHeaders;
import dev.openaigateway.openai.JsonResponse;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.provider.ResponseReader;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.AttemptFailedException;
import dev.openaigateway.routing.FailureReason;
import dev.openaigateway.routing.Outcome;
import dev.openaigateway.routing.StoredObjects;
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
 * Relays a response that is not a stream. One of ordinary size is read completely and left on the exchange, so that
 * the call can still fail over and later steps can change it. A larger one is passed on while it is read.
 */
final class BufferedRelay {

    private static final int LARGEST_HELD = 1024 * 1024;
    /** Of a response that has to be translated as a whole. */
    private static final int LARGEST_TRANSLATED = 32 * 1024 * 1024;
    private static final int FIRST_READ = 2048;
    /** While an array grows, the old one and the new one are held. */
    private static final int COPIES = 2;

    private final Attempt attempt;
    private final Call call;
    private final Message respond;
    private final StoredObjects objects;
    private final ResponseReader reader;
    private final Function<UpstreamError, Outcome> errors;
    private boolean whole;

    /** @param errors what an error means that comes in place of the answer, under a status of success */
    BufferedRelay(Attempt attempt, Exchange exchange, StoredObjects objects, ResponseReader reader,
                  Function<UpstreamError, Outcome> errors) {
        this.objects = objects;
        this.reader = reader;
        this.errors = errors;
        this.attempt = attempt;
        this.call = attempt.call();
        this.respond = exchange.getMessage();
    }

    void run(InputStream upstream) throws IOException {
        if (call.clientStream().begun()) {
            throw noStream();
        }
        byte[] head = head(upstream);
        if (whole) {
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
     * Reads the whole body, or as much of it as may be held. {@link InputStream#readNBytes(int)} would begin with 16 KB for
     * the half KB that most bodies have.
     */
    private byte[] head(InputStream upstream) throws IOException {
        int largest = isTranslated() ? LARGEST_TRANSLATED : LARGEST_HELD;
        byte[] head = new byte[FIRST_READ];
        int length = upstream.readNBytes(head, 0, head.length);
        while (length == head.length && length < largest && call.memory().grow(COPIES * 3L * length)) {
            head = Arrays.copyOf(head, Math.min(4 * length, largest));
            length += upstream.readNBytes(head, length, head.length - length);
        }
        whole = length < head.length;
        return whole ? Arrays.copyOf(head, length) : head;
    }

    private void hold(byte[] body) {
        JsonResponse content = null;
        if (isJson()) {
            content = read(body);
        } else if (contentType().startsWith("text/html") || body.length == 0) {
            throw malformed("");
        }
        if (!call.clientStream().leaveHead()) {
            throw noStream();
        }
        if (content != null) {
            count(content);
        }
        byte[] answer = content == null ? body : content.body();
        objects.found(attempt, answer);
        call.result().contentSeen(System.nanoTime());
        int status = respond.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        attempt.end(new Outcome.Succeeded(status));
        ResponseHeaders.of(call).forEach(respond::setHeader);
        respond.setBody(Buffer.buffer(answer));
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
        Map<String, String> headers = new TreeMap<>(ResponseHeaders.ofAttempt(call, attempt.instance().name()));
        headers.put("content-type", contentType());
        if (!call.clientStream().begin(headers)) {
            throw call.clientStream().gone() ? new ClientGoneException() : noStream();
        }
        attempt.accept();
        objects.found(attempt, head);
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

    /** An answer this long is text but for a little; should its usage not come by, that it is as long as it is must be enough. */
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
        Object type = respond.getHeader(Exchange.CONTENT_TYPE);
        return type == null ? "application/json" : type.toString();
    }

    /** The client asked for a stream, and its head went out while this answer was awaited. */
    private static AttemptFailedException noStream() {
        return malformed("no stream, though the client's has begun");
    }

    private static AttemptFailedException malformed(String detail) {
        return new AttemptFailedException(new Outcome.Failed(FailureReason.MALFORMED, detail));
    }
}
