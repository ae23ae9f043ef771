package dev.openaigateway.throttle;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.Grant;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.ratelimit.Admission;
import dev.openaigateway.ratelimit.Charge;
import dev.openaigateway.ratelimit.Decision;

import java.time.Duration;

/**
 * The grant of a request whose tokens are limited. What rules make of it is charged in place of what the client sent. A copy is
 * charged only for what it asks beyond that. Thread-safe.
 *
 * @param asReceived why the request is refused unless a rule changes it; null if it is not
 */
record ClientGrant(Recharge recharge, Refusal asReceived) implements Grant {

    @Override
    public Refusal reserve(Call call) {
        return recharge.charge(call, call.request().model(), !call.isMirror()).map(refused -> refusal(refused, call))
                .orElseGet(() -> CallReservations.of(call.original()).exempted());
    }

    /** Shows the limit that has no room to the client. */
    static Refusal refusal(Admission admission, Call call) {
        if (!(admission instanceof Decision.Refused refused)) {
            return new Refusal(Errors.limiterUnavailable(), false);
        }
        LimitReporter.show(call.limitReadings(), refused);
        Charge charge = refused.charge();
        Duration wait = refused.waitMillis().isPresent() ? Duration.ofMillis(refused.waitMillis().getAsLong()) : null;
        String owner = charge.scope().startsWith("client") ? "client '" + call.clientName() + "'" : "this gateway";
        ApiError error = charge.unit() == Charge.Unit.REQUESTS
                ? Errors.requestLimit(owner, charge.limit(), wait)
                : Errors.tokenLimit(owner, charge.limit(), charge.amount(), wait);
        return new Refusal(error, charge.scope().equals(Admit.scope(call.clientName())));
    }
}
