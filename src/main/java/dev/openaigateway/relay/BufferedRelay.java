package dev.openaigateway.relay;

import dev.openaigateway.affinity.StoredObjects;
import dev.openaigateway.call.Call;
import dev.openaigateway.call.memory.BufferedBody;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.LooseJson;
import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.openai.form.JsonAsStream;
import dev.openaigateway.openai.response.JsonResponse;
import dev.openaigateway.provider.ResponseReader;
import dev.openaigateway.relay.attempt.PageType;
import dev.openaigateway.relay.attempt.RequestedForm;
import dev.openaigateway.relay.body.BodyKind;
import dev.openaigateway.relay.body.BodyPrefix;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.outcome.AttemptFailedException;
import dev.openaigateway.text.UnicodeInput;
import dev.openaigateway.text.UnicodeText;
import dev.openaigateway.upstream.ErrorsUnderSuccess;
import dev.openaigateway.upstream.MediaType;
import dev.openaigateway.upstream.errors.ChangeValue;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;

import static dev.openaigateway.routing.outcome.AttemptFailedException.malformed;

/**
 * Relays a response that is not a stream. JSON of up to 1 MB is read completely and set on the exchange, so the call can still
 * fail over and later steps can change it. If the client requested a stream, it gets the JSON as a stream. Longer JSON, and
 * anything else, is relayed while it is read. Serves one attempt.
 */
final class BufferedRelay {

    /** In bytes; for a response that must be translated as a whole. */
    static final int LARGEST_TRANSLATED = 32 * 1024 * 1024;

    private static final int LARGEST_HELD = 1024 * 1024;
    /** In bytes, of JSON that is not in UTF-8 and is too long to be held. */
    private static final int BEGINNING = 64 * 1024;

    private final Attempt attempt;
    private final Call call;
    private final Message response;
    private final MediaType type;
    private final StoredObjects objects;
    private final ResponseReader reader;
    private final ErrorsUnderSuccess errors;
    private final UnheldBody unheld;
    private final boolean changesObject;
    private final boolean mustBeJson;
    private long surplus;
    private boolean inUtf8;

    /** @param errors classifies an error that arrives with a status of success, instead of a response */
    BufferedRelay(Attempt attempt, Exchange exchange, StoredObjects objects, ResponseReader reader, ErrorsUnderSuccess errors) {
        this.objects = objects;
        this.reader = reader;
        this.errors = errors;
        this.attempt = attempt;
        this.call = attempt.call();
        this.response = exchange.getMessage();
        this.type = MediaType.of(response);
        this.unheld = new UnheldBody(attempt, response, objects, reader, errors);
        this.changesObject = RequestedForm.changesObject(call.request());
        this.mustBeJson = call.request().operation().returnsJson() && !type.isMedia();
    }

    void run(InputStream upstream) throws IOException {
        if (changesObject) {
            runChange(upstream);
        } else if (mustBeJson) {
            runJson(upstream);
        } else if (type.isMarkup()) {
            runPage(BodyPrefix.of(upstream), upstream);
        } else if (type.isJson() || type.isAbsent()) {
            BodyPrefix beginning = BodyPrefix.of(upstream);
            if (beginning.isJson() || beginning.isList() && type.isJson() && (RequestedForm.isJson(call.request()) || RequestedForm.isSound(call.request()))) {
                runJson(beginning.followedBy(upstream));
            } else if (type.isJson() && RequestedForm.isJson(call.request())) {
                throw malformed("");
            } else {
                unheld.passOther(beginning.buffer(), beginning.length(), upstream);
            }
        } else {
            byte[] piece = new byte[8 * 1024];
            unheld.passOther(piece, upstream.read(piece), upstream);
        }
    }

    private void runPage(BodyPrefix beginning, InputStream upstream) throws IOException {
        if (!PageType.mayHave(call.request(), beginning)) {
            throw malformed("");
        }
        PageType.replace(call.request(), response);
        if (beginning.isJson()) {
            runJson(beginning.followedBy(upstream));
        } else {
            unheld.passOther(beginning.buffer(), beginning.length(), upstream);
        }
    }

    /** Many upstreams delete or cancel with a status alone. Clients would look for JSON in a body that has its type. */
    private void runChange(InputStream upstream) throws IOException {
        BodyPrefix beginning = BodyPrefix.of(upstream);
        if (beginning.length() == 0) {
            attempt.received();
            response.removeHeader(Exchange.CONTENT_TYPE);
            unheld.pass(new byte[0], 0, upstream, false);
        } else if (beginning.isJson() || beginning.isStream()) {
            runJson(beginning.followedBy(upstream));
        } else {
            runValue(beginning.followedBy(upstream));
        }
    }

    /** Another value than an object, or a text, is a success too, unless it reports a failure. */
    private void runValue(InputStream upstream) throws IOException {
        BufferedBody body = BufferedBody.read(upstream, LARGEST_HELD, call.memory());
        if (!body.complete() || !ChangeValue.isSuccess(body.bytes())) {
            runJson(new SequenceInputStream(new ByteArrayInputStream(body.bytes()), upstream));
            return;
        }
        attempt.received();
        if (ChangeValue.isJson(body.bytes())) {
            response.setHeader(Exchange.CONTENT_TYPE, "application/json");
        } else if (type.isJson() || type.isAbsent()) {
            response.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=utf-8");
        }
        unheld.pass(body.bytes(), body.bytes().length, InputStream.nullInputStream(), false);
    }

    /** Relays a stream as JSON, because the client did not request a stream. */
    void assemble(BodyPrefix beginning, InputStream upstream) throws IOException {
        StreamAssembly assembly = new StreamAssembly(attempt, reader, errors, RequestedForm.progress(call.request(), response));
        JsonResponse content = JsonResponse.read(assembly.run(beginning, upstream));
        response.setHeader(Exchange.CONTENT_TYPE, "application/json");
        hold(content, assembly.isUsageTotal());
    }

    private void runJson(InputStream upstream) throws IOException {
        BufferedBody body = BufferedBody.read(upstream, reader.translates() || call.received().stream() ? LARGEST_TRANSLATED : LARGEST_HELD, call.memory());
        InputStream decoded = body.complete() ? null : UnicodeInput.ofJson(body.bytes(), upstream);
        if (decoded != null) {
            response.setHeader(Exchange.CONTENT_TYPE, "application/json");
            runJson(body, decoded.readNBytes(BEGINNING), decoded);
        } else {
            runJson(body, body.complete() ? UnicodeText.json(body.bytes()) : body.bytes(), upstream);
        }
    }

    /** @param head the bytes of the body, or the first of them, in UTF-8 */
    private void runJson(BufferedBody body, byte[] head, InputStream rest) throws IOException {
        BodyKind kind = BodyKind.of(head, head.length);
        if (kind == BodyKind.JSON || kind == BodyKind.LIST && body.complete()) {
            if (body.complete()) {
                surplus = body.surplus();
                inUtf8 = head == body.bytes();
                holdJson(head);
            } else if (reader.translates() || call.received().stream() && RequestedForm.isKnownForm(call.request())) {
                UnsentBody.drainForUsage(attempt, reader, head, rest);
                throw body.bytes().length < LARGEST_TRANSLATED ? Errors.memoryFull(!body.tooLarge()).exception() : malformed("too long to be translated");
            } else {
                unheld.pass(head, head.length, rest, true);
            }
        } else if (kind == BodyKind.STREAM) {
            InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), rest);
            assemble(BodyPrefix.of(whole), whole);
        } else {
            throw malformed("");
        }
    }

    private void holdJson(byte[] body) throws IOException {
        JsonResponse content;
        try {
            content = reader.whole(body);
        } catch (IOException e) {
            if (RequestedForm.isJson(call.request()) || type.isJson() && RequestedForm.isSound(call.request()) && LooseJson.tree(body).isMissingNode()) {
                UnsentBody.drainForUsage(attempt, reader, body, InputStream.nullInputStream());
                throw malformed("");
            }
            byte[] shown = RequestedForm.isSound(call.request()) ? errors.masked(body) : body;
            unheld.pass(shown, shown.length, InputStream.nullInputStream(), false);
            return;
        }
        if (content.error() != null && !(changesObject && ChangeValue.isSuccess(body))) {
            throw new AttemptFailedException(errors.outcome(content.error()));
        }
        if (!type.isJson() || !inUtf8) {
            response.setHeader(Exchange.CONTENT_TYPE, "application/json");
        }
        hold(content, true);
    }

    private void hold(JsonResponse content, boolean hasTotalUsage) {
        if (content.empty() || content.noData() && RequestedForm.needsData(call.request())) {
            throw malformed(content.empty() ? "without choices" : "without results");
        }
        if (!changesObject && (call.request().operation().returnsJson() ? !content.result() : content.notesOnly())) {
            throw content.saysNoFault() ? malformed("without results") : new AttemptFailedException(errors.outcome(UpstreamError.read(content.body())));
        }
        attempt.received();
        call.used(content.usage(), hasTotalUsage);
        if (!content.choices() && RequestedForm.needsChoices(call.request())) {
            throw malformed("without choices");
        }
        byte[] shown = errors.masked(content);
        Optional<JsonAsStream> stream = call.received().stream() ? asStream(shown) : Optional.empty();
        if (call.received().stream() && stream.isEmpty() && RequestedForm.isKnownForm(call.request())) {
            throw malformed("neither a stream nor a response that could be one");
        }
        boolean unchanged = stream.isEmpty() && call.clientStream().leaveHead();
        if (!call.result().isUsageKnown() && call.result().completionCounter() != null) {
            content.count(call.result().completionCounter());
        }
        objects.record(attempt, content.body());
        if (attempt.observer() != null) {
            attempt.observer().responded(content.body());
        }
        if (unchanged) {
            WholeOutput.send(attempt, response, shown);
        } else if (stream.isEmpty()) {
            new WholeAsStream(attempt, response).refuse();
        } else {
            new WholeAsStream(attempt, response).send(stream.get()::write, content.inBackground());
        }
    }

    private Optional<JsonAsStream> asStream(byte[] body) {
        call.memory().shrink(surplus);
        surplus = 0;
        WholeAsStream.reserve(call, body);
        return JsonAsStream.of(call.request().operation(), body, call.received().body().usageRequested());
    }
}
