package dev.openaigateway.relay;

import dev.openaigateway.api.Call;
import dev.openaigateway.api.ClientGoneException;
import dev.openaigateway.api.ErrorBody;
import dev.openaigateway.api.Errors;
import dev.openaigateway.api.Usage;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.AttemptFailedException;
import dev.openaigateway.routing.FailureReason;
import dev.openaigateway.routing.Outcome;
import dev.openaigateway.routing.ResponseOwners;
import dev.openaigateway.routing.ResponseOwners.Owner;
import dev.openaigateway.upstream.Failures;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Passes a stream of events on as they come, each as soon as it is whole. Until the first content another instance can
 * still take over; after it, a failure is told to the client inside the stream.
 */
final class StreamRelay {

    private final Attempt attempt;
    private final Call call;
    private final InputStream upstream;
    private final ResponseOwners owners;
    private final EventBuffer events = new EventBuffer();
    private boolean content;
    private boolean seenAny;

    StreamRelay(Attempt attempt, InputStream upstream, ResponseOwners owners) {
        this.owners = owners;
        this.attempt = attempt;
        this.call = attempt.call();
        this.upstream = upstream;
    }

    void run() {
        try {
            byte[] piece = new byte[8 * 1024];
            for (int read = upstream.read(piece); read >= 0; read = upstream.read(piece)) {
                events.append(piece, read);
                passWholeEvents();
            }
            finish();
        } catch (IOException e) {
            breakOff(e);
        } catch (ClientGoneException e) {
            call.stopUpstream();
            throw e;
        }
    }

    private void passWholeEvents() {
        int from = events.start();
        for (int end = events.nextEnd(); end >= 0; end = events.nextEnd()) {
            int start = events.start();
            boolean wanted = inspect(start, end);
            events.consume(end);
            if (!wanted) {
                pass(from, start);
                from = end;
            }
        }
        pass(from, events.start());
        if (events.overlong()) {
            pass(events.start(), events.size());
            accept();
            events.consume(events.size());
        }
    }

    /** Returns whether the event is to be passed on. */
    private boolean inspect(int start, int end) {
        EventData data = EventData.in(events.bytes(), start, end);
        if (data == null || data.isDone()) {
            if (data != null) {
                accept();
            }
            return true;
        }
        seenAny = true;
        if (content && call.tally() == null && !data.mentionsUsage()) {
            return true;
        }
        StreamEvent event = data.read(call.tally());
        if (event.responseId() != null) {
            owners.remember(event.responseId(), new Owner(attempt.instance().name(), call.model()));
        }
        if (event.error() && !content) {
            call.stopUpstream();
            throw new AttemptFailedException(new Outcome.Failed(FailureReason.SERVER_ERROR, "an error inside the stream"));
        }
        if (event.content()) {
            accept();
        }
        return !isUnaskedUsage(event);
    }

    private boolean isUnaskedUsage(StreamEvent event) {
        Usage usage = event.usage();
        if (usage == null) {
            return false;
        }
        call.used(usage);
        return !event.hasChoices() && !event.content() && call.operation().usageOnRequest() && !call.body().usageRequested();
    }

    private void accept() {
        if (!content) {
            content = true;
            call.contentSeen(System.nanoTime());
            attempt.accept();
        }
    }

    private void pass(int from, int to) {
        if (to > from) {
            call.client().begin(AnswerHeaders.ofStream(call, attempt.instance().name()));
            call.client().write(events.bytes(), from, to - from);
        }
    }

    private void finish() {
        if (!content) {
            throw new AttemptFailedException(new Outcome.Failed(FailureReason.MALFORMED,
                    seenAny ? "the stream ended without content" : "the stream was empty"));
        }
        pass(events.start(), events.size());
        call.client().end();
        attempt.end(new Outcome.Answered(200));
    }

    private void breakOff(IOException failure) {
        call.stopUpstream();
        if (call.client().gone()) {
            throw new ClientGoneException();
        }
        FailureReason reason = Failures.reason(failure, call);
        if (!content) {
            throw new AttemptFailedException(new Outcome.Failed(reason, ""));
        }
        attempt.end(new Outcome.BrokenOff(reason));
        tellInStream(call);
    }

    private static void tellInStream(Call call) {
        call.ended(200, "upstream_stream_error");
        String event = "data: " + new String(ErrorBody.of(Errors.streamBroken()), StandardCharsets.UTF_8) + "\n\n";
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        call.client().write(bytes, 0, bytes.length);
        call.client().end();
    }
}
