package dev.openaigateway.throttle;

import dev.openaigateway.call.Call;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.RateLimitSettings;
import dev.openaigateway.ratelimit.Admission;
import dev.openaigateway.ratelimit.Charge;
import dev.openaigateway.ratelimit.Decision;
import dev.openaigateway.ratelimit.LimitScope;
import dev.openaigateway.ratelimit.Reservation;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.outcome.AttemptFailedException;
import dev.openaigateway.routing.outcome.Outcome;
import dev.openaigateway.tokenizer.prompt.TokenEstimate;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Reserves a request against the limits of an instance and of the model there. An instance without room is skipped before it is called.
 * A request about an object of an earlier request is not limited here.
 */
public final class Throttle implements Processor {

    private final ActiveLimiter limiter;
    private final LiveSettings settings;

    public Throttle(ActiveLimiter limiter, LiveSettings settings) {
        this.limiter = limiter;
        this.settings = settings;
    }

    @Override
    public void process(Exchange exchange) {
        Attempt attempt = Attempt.of(exchange);
        InstanceSettings instance = attempt.instance().settings();
        RateLimitSettings rateLimit = settings.get().rateLimit();
        Call call = attempt.call();
        String model = attempt.request().model();
        if (!rateLimit.enabled() || attempt.request().isBilledBefore() || !InstanceLimits.apply(instance, model)) {
            call.limitReadings().ofInstance(null);
            return;
        }
        CallReservations reservations = CallReservations.of(call);
        List<Limit> limits = InstanceLimits.of(instance, model);
        TokenEstimate estimate = limits.get(0).ofRequests() ? null : PromptEstimates.of(call).estimate(model, instance.tokenizer());
        Demand demand = new Demand();
        for (Limit limit : limits) {
            if (!limit.ofRequests()) {
                demand.addTokens(limit.key(), estimate, limit.perMinute(), rateLimit.defaultMaxTokens(), unit(instance));
            } else {
                demand.add(Charge.request(limit.key(), limit.perMinute()));
            }
        }
        Admission admission = demand.reserve(limiter.limiter(), estimate == null ? 0 : estimate.prompt(), reservations.redisBudget());
        if (admission instanceof Reservation reservation) {
            call.limitReadings().ofInstance(LimitReporter.reading(reservation));
            attempt.onEnd(outcome -> close(reservations, reservation, attempt));
        } else {
            throw new AttemptFailedException(noRoom(admission, call, limits));
        }
    }

    private static Charge.Unit unit(InstanceSettings instance) {
        return instance.settle() == InstanceSettings.SettleMode.NONE ? Charge.Unit.ESTIMATED_TOKENS : Charge.Unit.TOKENS;
    }

    private static Outcome noRoom(Admission admission, Call call, List<Limit> limits) {
        if (!(admission instanceof Decision.Refused refused)) {
            return Outcome.NoRoom.UNKNOWN;
        }
        if (refused.charge().unit() == Charge.Unit.REQUESTS) {
            call.limitReadings().ofInstance(null);
        } else {
            call.limitReadings().ofFullInstance(LimitReporter.reading(refused));
        }
        OptionalLong wait = refused.waitMillis();
        return new Outcome.NoRoom(kind(refused.charge(), limits), refused.charge().amount(), wait.isPresent() ? Duration.ofMillis(wait.getAsLong()) : null);
    }

    private static Outcome.NoRoom.Limit kind(Charge full, List<Limit> limits) {
        boolean ofModel = limits.stream().anyMatch(limit -> limit.scope().kind() == LimitScope.Kind.MODEL && limit.key().equals(full.scope()));
        return ofModel ? Outcome.NoRoom.Limit.OF_MODEL
                : full.unit() == Charge.Unit.REQUESTS ? Outcome.NoRoom.Limit.REQUESTS : Outcome.NoRoom.Limit.TOKENS;
    }

    /** A response is settled at the end of the call, when its usage is known. A failed attempt used nothing, unless its whole response came. */
    private static void close(CallReservations reservations, Reservation reservation, Attempt attempt) {
        if (attempt.isBilled()) {
            reservations.served(reservation, attempt.outcome().status() > 0);
        } else {
            reservation.giveBack();
        }
    }
}
