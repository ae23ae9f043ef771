package dev.openaigateway.throttle;

import dev.openaigateway.api.Call;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.RateLimitSettings;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.AttemptFailedException;
import dev.openaigateway.routing.Outcome;
import dev.openaigateway.tokens.Admission;
import dev.openaigateway.tokens.Charge;
import dev.openaigateway.tokens.Demand;
import dev.openaigateway.tokens.Reservation;
import dev.openaigateway.tokens.TokenLimiter;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Charges a request to the tokens per minute of an instance. One without room is passed over before it is called. */
public final class Throttle implements Processor {

    private final Supplier<TokenLimiter> limiter;
    private final Supplier<RateLimitSettings> settings;

    public Throttle(Supplier<TokenLimiter> limiter, Supplier<RateLimitSettings> settings) {
        this.limiter = limiter;
        this.settings = settings;
    }

    /** The window of an instance's tokens. */
    public static String scope(String instanceName) {
        return "instance:" + instanceName;
    }

    @Override
    public void process(Exchange exchange) {
        Attempt attempt = Attempt.of(exchange);
        InstanceSettings instance = attempt.instance().settings();
        RateLimitSettings limits = settings.get();
        if (!limits.enabled() || instance.maxTpm() == 0) {
            return;
        }
        Demand demand = Demands.of(exchange, attempt.call(), instance.tokenizer());
        long amount = demand.amountWithin(instance.maxTpm(), limits.defaultMaxTokens());
        Charge.Unit unit = instance.settle() == InstanceSettings.Settle.NONE ? Charge.Unit.ESTIMATED_TOKENS : Charge.Unit.TOKENS;
        Charge charge = new Charge(scope(instance.name()), amount, instance.maxTpm(), unit);
        Admission admission = limiter.get().reserve(demand.prompt(), List.of(charge));
        if (admission instanceof Reservation reservation) {
            Limits.show(attempt.call(), reservation);
            attempt.onEnd(outcome -> close(attempt.call(), reservation, outcome));
        } else {
            throw new AttemptFailedException(new Outcome.NoRoom(busyFor(admission)));
        }
    }

    /** Null where waiting does not help. */
    private static Duration busyFor(Admission admission) {
        return admission instanceof Admission.Refusal refused && refused.waitMillis().isPresent()
                ? Duration.ofMillis(refused.waitMillis().getAsLong()) : null;
    }

    /** The usage of an answer is known when the call is settled; a failed attempt has used nothing. */
    private static void close(Call call, Reservation reservation, Outcome outcome) {
        if (outcome instanceof Outcome.Answered || outcome instanceof Outcome.BrokenOff || outcome instanceof Outcome.Abandoned) {
            call.onSettle(settled -> reservation.settle(Limits.used(settled, reservation)));
        } else {
            reservation.giveBack();
        }
    }
}
