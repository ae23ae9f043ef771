package dev.openaigateway.routing;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ExchangeSlot;
import dev.openaigateway.openai.AttemptReport;
import org.apache.camel.Exchange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One try at one instance. Holds the permit of the instance's breaker and gives the breaker exactly one verdict: at the
 * first content of an answer, or when the try ends without any.
 */
public final class Attempt {

    private static final ExchangeSlot<Attempt> SLOT = new ExchangeSlot<>(Attempt.class);
    private static final Duration DEFAULT_RATE_LIMIT_BENCH = Duration.ofSeconds(1);
    private static final Duration NO_CREDIT = Duration.ofMinutes(10);

    private final Call call;
    private final Instance instance;
    private final CallListener listener;
    private final long startedNanos = System.nanoTime();
    private final List<Consumer<Outcome>> endings = new ArrayList<>(1);
    private boolean classified;
    private long endedNanos;
    private Duration benched = Duration.ZERO;
    private Outcome outcome;

    Attempt(Call call, Instance instance, CallListener listener) {
        this.call = call;
        this.instance = instance;
        this.listener = listener;
    }

    /** @throws IllegalStateException if the exchange is not on its way to an instance */
    public static Attempt of(Exchange exchange) {
        return Objects.requireNonNull(find(exchange), "This step works only inside the route of an instance.");
    }

    /** Null if the exchange is not on its way to an instance. */
    public static Attempt find(Exchange exchange) {
        return SLOT.get(exchange);
    }

    void attach(Exchange exchange) {
        SLOT.set(exchange, this);
    }

    static void detach(Exchange exchange) {
        SLOT.set(exchange, null);
    }

    public Call call() {
        return call;
    }

    public Instance instance() {
        return instance;
    }

    /** Null while it runs. */
    public Outcome outcome() {
        return outcome;
    }

    /** How long it ran, or has run so far. */
    public Duration duration() {
        return Duration.ofNanos((outcome == null ? System.nanoTime() : endedNanos) - startedNanos);
    }

    /** How long the instance is not used after this attempt; zero for most. */
    public Duration benched() {
        return benched;
    }

    /** Registers an action that is given the outcome before any listener is notified. */
    public void onEnd(Consumer<Outcome> action) {
        endings.add(action);
    }

    /** The answer is good as far as can be told before it was sent on whole. */
    public void accept() {
        if (!classified) {
            classified = true;
            call.upstream().clearDeadline();
            call.result().servedBy(instance.name());
            instance.health().good(System.nanoTime() - startedNanos);
        }
    }

    /** The first ending counts. */
    public void end(Outcome how) {
        if (outcome != null) {
            return;
        }
        outcome = how;
        endedNanos = System.nanoTime();
        endings.forEach(ending -> ending.accept(how));
        if (how instanceof Outcome.Succeeded succeeded) {
            accept();
            report(succeeded.status(), "answered", true);
        } else if (how instanceof Outcome.Rejected rejected) {
            accept();
            report(rejected.status(), "refused the request", false);
        } else if (how instanceof Outcome.Failed failed) {
            fail(failed);
        } else if (how instanceof Outcome.BrokenOff broken) {
            instance.health().fault(broken.reason().text());
            report(0, broken.reason().text(), true);
        } else if (how instanceof Outcome.NoRoom noRoom) {
            release();
            instance.health().refused(noRoom);
            report(0, "has no room under its token limit", false);
        } else if (how instanceof Outcome.Refused) {
            release();
        } else {
            release();
            report(0, "the client left", true);
        }
        listener.attemptEnded(this);
    }

    private void fail(Outcome.Failed failed) {
        FailureReason reason = failed.reason();
        String words = reason.text() + (failed.detail().isEmpty() ? "" : ": " + failed.detail());
        report(failed.status(), words, false);
        if (classified) {
            instance.health().fault(words);
        } else if (reason.countsForBreaker()) {
            classified = true;
            instance.health().bad(System.nanoTime() - startedNanos, words);
        } else {
            release();
            instance.health().fault(words);
        }
        bench(failed);
    }

    private void bench(Outcome.Failed failed) {
        Duration time = switch (failed.reason()) {
            case RATE_LIMITED -> failed.retryAfter() == null ? DEFAULT_RATE_LIMIT_BENCH : failed.retryAfter();
            case OUT_OF_CREDIT -> NO_CREDIT;
            case SERVER_ERROR -> failed.retryAfter();
            default -> null;
        };
        if (time != null && time.toMillis() > 0) {
            instance.health().bench(time);
            benched = time;
        }
    }

    private void release() {
        if (!classified) {
            classified = true;
            instance.health().release();
        }
    }

    private void report(int status, String reason, boolean served) {
        call.result().tried(new AttemptReport(instance.name(), status, reason, served));
    }
}
