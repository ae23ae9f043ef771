package dev.openaigateway.routing;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ExchangeSlot;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.openai.AttemptReport;
import org.apache.camel.Exchange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One try at one instance. Holds the permit of the instance's breaker and gives the breaker exactly one verdict: at the
 * first content of the response, or when the try ends without content. Not thread-safe.
 */
public final class Attempt {

    private static final ExchangeSlot<Attempt> SLOT = new ExchangeSlot<>(Attempt.class);
    private static final Duration DEFAULT_RATE_LIMIT_BENCH = Duration.ofSeconds(1);
    private static final Duration NO_CREDIT = Duration.ofMinutes(10);

    private final Call call;
    private final ModelRequest request;
    private final Instance instance;
    private final Policy policy;
    private final List<Candidate> offered;
    private final CallListener listener;
    private final long startedNanos = System.nanoTime();
    private final List<Consumer<Outcome>> endings = new ArrayList<>(1);
    private boolean classified;
    private long endedNanos;
    private Duration benched = Duration.ZERO;
    private Outcome outcome;

    /**
     * @param policy  learns when the first content arrives
     * @param offered the candidates of the rule
     */
    Attempt(Call call, ModelRequest request, Instance instance, Policy policy, List<Candidate> offered, CallListener listener) {
        this.call = call;
        this.request = request;
        this.instance = instance;
        this.policy = policy;
        this.offered = offered;
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

    /** The request as this attempt sends it: the client's, or a copy that asks for the model of a rule. */
    public ModelRequest request() {
        return request;
    }

    public Instance instance() {
        return instance;
    }

    /** Null while the attempt runs. */
    public Outcome outcome() {
        return outcome;
    }

    /** The run time; so far, if the attempt has not ended. */
    public Duration duration() {
        return Duration.ofNanos((outcome == null ? System.nanoTime() : endedNanos) - startedNanos);
    }

    /** How long this attempt benches its instance; zero if it does not. */
    public Duration benched() {
        return benched;
    }

    /** Registers an action for the end of the attempt. Actions run in order, before listeners are notified. */
    public void onEnd(Consumer<Outcome> action) {
        endings.add(action);
    }

    /** Records a success with the breaker: the response is valid so far and its content starts. */
    public void accept() {
        if (!classified) {
            call.cancellation().clearDeadline();
            recordSuccess();
            if (!call.isMirror()) {
                policy.responded(this, offered);
            }
        }
    }

    private void recordSuccess() {
        if (!classified) {
            classified = true;
            call.result().servedBy(instance.name(), request.model());
            instance.health().recordSuccess(System.nanoTime() - startedNanos);
        }
    }

    /** Ends the attempt. Only the first call has an effect. */
    public void end(Outcome result) {
        if (outcome != null) {
            return;
        }
        outcome = result;
        endedNanos = System.nanoTime();
        endings.forEach(ending -> ending.accept(result));
        if (result instanceof Outcome.Succeeded succeeded) {
            accept();
            report(succeeded.status(), "ok", "responded", true);
        } else if (result instanceof Outcome.Rejected rejected) {
            recordSuccess();
            report(rejected.status(), "refused", "refused the request", false);
        } else if (result instanceof Outcome.Failed failed) {
            fail(failed);
        } else if (result instanceof Outcome.BrokenOff broken) {
            instance.health().recordError(broken.reason().text());
            report(0, "broken_off", broken.reason().text(), true);
        } else if (result instanceof Outcome.NoRoom noRoom) {
            release();
            instance.health().recordNoRoom(noRoom);
            report(0, "no_room", "has no room under its token limit", false);
        } else if (result instanceof Outcome.Missing missing) {
            release();
            report(missing.status(), "missing", "does not have what the request refers to", false);
        } else if (result instanceof Outcome.Refused) {
            release();
        } else {
            release();
            report(0, "client_gone", "the client left", true);
        }
        listener.attemptEnded(this);
    }

    private void fail(Outcome.Failed failed) {
        FailureReason reason = failed.reason();
        String message = reason.text() + (failed.detail().isEmpty() ? "" : ": " + failed.detail());
        report(failed.status(), reason.name().toLowerCase(Locale.ROOT), message, false);
        if (classified) {
            instance.health().recordError(message);
        } else if (reason.countsForBreaker()) {
            classified = true;
            instance.health().recordFailure(System.nanoTime() - startedNanos, message);
        } else {
            release();
            instance.health().recordError(message);
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
            instance.health().bench(time, failed.reason() == FailureReason.RATE_LIMITED ? request.model() : null);
            benched = time;
        }
    }

    private void release() {
        if (!classified) {
            classified = true;
            instance.health().release();
        }
    }

    private void report(int status, String kind, String reason, boolean served) {
        long millis = (endedNanos - startedNanos) / 1_000_000;
        call.result().tried(new AttemptReport(instance.name(), status, kind, reason, served, millis));
    }
}
