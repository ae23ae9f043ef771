package dev.openaigateway.throttle;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.Grant;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.ratelimit.Admission;
import dev.openaigateway.ratelimit.Charge;
import dev.openaigateway.ratelimit.Decision;
import dev.openaigateway.ratelimit.LimitScope;

import java.time.Duration;

/**
 * The grant of a request whose tokens are limited. What rules make of it is charged in place of what the client sent. A copy is
 * charged only for what it asks beyond that. Thread-safe.
 *
 * @param asReceived why the request is refused unless a rule changes it; null if it is not
 * @param isFinal    whether no change lets the client's token limit admit it, because that has no room for the prompt
 */
record ClientGrant(Recharge recharge, Refusal asReceived, boolean isFinal) implements Grant {

    @Override
    public Refusal reserve(Call call) {
        return recharge.chargeChanged(call).map(refused -> refusal(refused, call)).orElse(isFinal ? asReceived : null);
    }

    /** Shows the limit that has no room to the client. */
    static Refusal refusal(Admission admission, Call call) {
        if (!(admission instanceof Decision.Refused refused)) {
            return new Refusal(Errors.limiterUnavailable(), false);
        }
        LimitReporter.show(call.limitReadings(), refused);
        Charge charge = refused.charge();
        Duration wait = refused.waitMillis().isPresent() ? Duration.ofMillis(refused.waitMillis().getAsLong()) : null;
        String owner = charge.scope().equals(LimitScope.GATEWAY.key()) ? "this gateway" : "client '" + call.clientName() + "'";
        ApiError error = charge.unit() == Charge.Unit.REQUESTS
                ? Errors.requestLimit(owner, charge.limit(), wait)
                : Errors.tokenLimit(owner, charge.limit(), charge.amount(), wait);
        return new Refusal(error, charge.scope().equals(Admit.clientTokens(call)));
    }
}
