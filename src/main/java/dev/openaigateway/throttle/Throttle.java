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
import java.util.OptionalLong;
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
        Call call = attempt.call();
        if (!limits.enabled() || instance.maxTpm() == 0) {
            call.limits().ofInstance(null);
            return;
        }
        Account account = Account.of(exchange, call);
        Demand demand = account.demand(instance.tokenizer());
        long amount = demand.amountWithin(instance.maxTpm(), limits.defaultMaxTokens());
        Charge.Unit unit = instance.settle() == InstanceSettings.Settle.NONE ? Charge.Unit.ESTIMATED_TOKENS : Charge.Unit.TOKENS;
        Charge charge = new Charge(scope(instance.name()), amount, instance.maxTpm(), unit);
        Admission admission = limiter.get().reserve(demand.prompt(), List.of(charge), account.patience());
        if (admission instanceof Reservation reservation) {
            call.limits().ofInstance(Limits.reading(reservation));
            attempt.onEnd(outcome -> close(account, reservation, outcome));
        } else {
            throw new AttemptFailedException(noRoom(admission, call));
        }
    }

    private static Outcome noRoom(Admission admission, Call call) {
        if (!(admission instanceof Admission.Refusal refused)) {
            return Outcome.NoRoom.UNKNOWN;
        }
        call.limits().ofFullInstance(Limits.reading(refused));
        OptionalLong wait = refused.waitMillis();
        return new Outcome.NoRoom(refused.limit().amount(), wait.isPresent() ? Duration.ofMillis(wait.getAsLong()) : null);
    }

    /** The usage of an answer is known when the call is settled; a failed attempt has used nothing. */
    private static void close(Account account, Reservation reservation, Outcome outcome) {
        if (outcome instanceof Outcome.Answered || outcome instanceof Outcome.BrokenOff || outcome instanceof Outcome.Abandoned) {
            account.answered(reservation);
        } else {
            reservation.giveBack();
        }
    }
}
