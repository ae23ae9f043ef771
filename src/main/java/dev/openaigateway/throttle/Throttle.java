package dev.openaigateway.throttle;

import dev.openaigateway.call.Call;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.RateLimitSettings;
import dev.openaigateway.ratelimit.Admission;
import dev.openaigateway.ratelimit.Charge;
import dev.openaigateway.ratelimit.Reservation;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.AttemptFailedException;
import dev.openaigateway.routing.Outcome;
import dev.openaigateway.tokenizer.TokenEstimate;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Reserves a request against an instance's tokens per minute. An instance without room is skipped before it is called. */
public final class Throttle implements Processor {

    private final ActiveLimiter limiter;
    private final LiveSettings settings;

    public Throttle(ActiveLimiter limiter, LiveSettings settings) {
        this.limiter = limiter;
        this.settings = settings;
    }

    /** The scope of an instance's token limit. */
    public static String scope(String instanceName) {
        return "instance:" + instanceName;
    }

    @Override
    public void process(Exchange exchange) {
        Attempt attempt = Attempt.of(exchange);
        InstanceSettings instance = attempt.instance().settings();
        RateLimitSettings rateLimit = settings.get().rateLimit();
        Call call = attempt.call();
        if (!rateLimit.enabled() || instance.maxTpm() == 0) {
            call.limitReadings().ofInstance(null);
            return;
        }
        CallReservations reservations = CallReservations.of(call);
        TokenEstimate estimate = reservations.estimate(attempt.request().model(), instance.tokenizer());
        long amount = estimate.amountWithin(instance.maxTpm(), rateLimit.defaultMaxTokens());
        Charge.Unit unit = instance.settle() == InstanceSettings.SettleMode.NONE ? Charge.Unit.ESTIMATED_TOKENS : Charge.Unit.TOKENS;
        Charge charge = new Charge(scope(instance.name()), amount, instance.maxTpm(), unit);
        Admission admission = limiter.limiter().reserve(estimate.prompt(), List.of(charge), reservations.redisBudget());
        if (admission instanceof Reservation reservation) {
            call.limitReadings().ofInstance(LimitReporter.reading(reservation));
            attempt.onEnd(outcome -> close(reservations, reservation, outcome));
        } else {
            throw new AttemptFailedException(noRoom(admission, call));
        }
    }

    private static Outcome noRoom(Admission admission, Call call) {
        if (!(admission instanceof Admission.Refusal refused)) {
            return Outcome.NoRoom.UNKNOWN;
        }
        call.limitReadings().ofFullInstance(LimitReporter.reading(refused));
        OptionalLong wait = refused.waitMillis();
        return new Outcome.NoRoom(refused.limit().amount(), wait.isPresent() ? Duration.ofMillis(wait.getAsLong()) : null);
    }

    /** A response is settled at the end of the call, when its usage is known. A failed attempt used nothing. */
    private static void close(CallReservations reservations, Reservation reservation, Outcome outcome) {
        if (outcome instanceof Outcome.Succeeded || outcome instanceof Outcome.BrokenOff || outcome instanceof Outcome.Abandoned) {
            reservations.served(reservation);
        } else {
            reservation.giveBack();
        }
    }
}
