package dev.openaigateway.throttle;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.Client;
import dev.openaigateway.call.Grant;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.RateLimitSettings;
import dev.openaigateway.fallback.BudgetFallbacks;
import dev.openaigateway.openai.ClientPaths;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.body.PassedRequest;
import dev.openaigateway.openai.body.StoredObjectRequest;
import dev.openaigateway.ratelimit.Admission;
import dev.openaigateway.ratelimit.Charge;
import dev.openaigateway.ratelimit.Decision;
import dev.openaigateway.ratelimit.LimitScope;
import dev.openaigateway.ratelimit.Reservation;
import dev.openaigateway.tokenizer.prompt.TokenEstimate;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import java.util.List;
import java.util.Optional;

/** Checks the client's models, then reserves the request against its limits and the gateway's in one step. */
public final class Admit implements Processor {

    private final ActiveLimiter limiter;
    private final LiveSettings settings;
    private final BudgetFallbacks budgetFallbacks;
    private final Recharge recharge;

    public Admit(ActiveLimiter limiter, LiveSettings settings, BudgetFallbacks budgetFallbacks) {
        this.limiter = limiter;
        this.settings = settings;
        this.budgetFallbacks = budgetFallbacks;
        this.recharge = new Recharge(limiter, settings);
    }

    @Override
    public void process(Exchange exchange) {
        Call call = Call.require(exchange);
        Client client = call.client();
        if (call.request().body() instanceof PassedRequest passed && !client.models().isEmpty()) {
            throw Errors.unknownUrl(passed.method(), ClientPaths.OPENAI + passed.path()).exception();
        }
        requireModel(client, call.request());
        RateLimitSettings rateLimit = settings.get().rateLimit();
        // A request that costs no tokens waits for no window of tokens, which an earlier response may have overrun.
        boolean counted = !call.request().isBilledBefore() && (client.tpm() > 0 || rateLimit.tpm() > 0);
        if (rateLimit.enabled() && (counted || client.rpm() > 0)) {
            reserve(call, client, rateLimit, counted);
        }
    }

    /** The model of a stored object can be unknown, as after a restart. A request about it runs no model. */
    private static void requireModel(Client client, ModelRequest request) {
        String model = request.requestedModel();
        boolean isUnknown = model.isEmpty() && !client.models().isEmpty();
        if (request.body() instanceof PassedRequest || isUnknown && request.body() instanceof StoredObjectRequest) {
            return;
        }
        if (isUnknown) {
            throw Errors.missing("model").exception();
        }
        if (!client.mayUse(model)) {
            throw Errors.modelNotAllowed(model).exception();
        }
    }

    /** The window of the client's token limit. */
    static String clientTokens(Call call) {
        return LimitScope.client(call.clientName(), LimitScope.Unit.TOKENS).key();
    }

    /** @param counted whether a limit of tokens applies */
    private void reserve(Call call, Client client, RateLimitSettings rateLimit, boolean counted) {
        CallReservations reservations = CallReservations.of(call);
        TokenEstimate estimate = counted ? PromptEstimates.of(call).estimate(call.request().model(), Optional.empty()) : null;
        Demand demand = new Demand();
        if (client.rpm() > 0) {
            demand.add(Charge.request(LimitScope.client(client.name(), LimitScope.Unit.REQUESTS).key(), client.rpm()));
        }
        if (counted && client.tpm() > 0) {
            demand.addTokens(clientTokens(call), estimate, client.tpm(), rateLimit.defaultMaxTokens(), Charge.Unit.TOKENS);
        }
        if (counted && rateLimit.tpm() > 0) {
            demand.addTokens(LimitScope.GATEWAY.key(), estimate, rateLimit.tpm(), rateLimit.defaultMaxTokens(), Charge.Unit.TOKENS);
        }
        Admission admission = demand.reserve(limiter.limiter(), counted ? estimate.prompt() : 0, reservations.redisBudget());
        if (admission instanceof Reservation reservation) {
            LimitReporter.show(call.limitReadings(), reservation);
            reservations.setClientReservation(reservation);
            call.granted(counted ? new ClientGrant(recharge, null, false) : null);
        } else {
            Grant.Refusal refusal = ClientGrant.refusal(admission, call);
            boolean byPrompt = counted && isAdmittedByPrompt(admission, demand, estimate, reservations);
            if (!byPrompt) {
                refuse(refusal, call, demand, counted ? estimate.prompt() : 0);
            }
            call.granted(new ClientGrant(recharge, refusal, !byPrompt));
        }
    }

    /**
     * A request whose prompt fits, and whose maximum of completion tokens does not, is refused only if the rules do not lower
     * that maximum. Until then its prompt is reserved.
     */
    private boolean isAdmittedByPrompt(Admission refused, Demand demand, TokenEstimate estimate, CallReservations reservations) {
        if (!(refused instanceof Decision.Refused full) || full.charge().unit() == Charge.Unit.REQUESTS || estimate.maxPerChoice().isEmpty()) {
            return false;
        }
        List<Charge> prompt = demand.charges().stream().map(charge -> charge.unit() == Charge.Unit.REQUESTS ? charge
                : charge.withAmount(Math.min(charge.amount(), estimate.prompt()))).toList();
        Admission admission = limiter.limiter().reserve(estimate.prompt(), prompt, reservations.redisBudget());
        if (!(admission instanceof Reservation reservation)) {
            return false;
        }
        reservations.setClientReservation(reservation);
        return true;
    }

    /**
     * If only the client's token limit is exhausted, a rule may ask a model that is not charged against it. All other limits
     * apply. Otherwise the request ends here.
     */
    private void refuse(Grant.Refusal refusal, Call call, Demand demand, long prompt) {
        if (!refusal.isOverBudget() || !budgetFallbacks.any()) {
            throw refusal.error().exception();
        }
        CallReservations reservations = CallReservations.of(call);
        Admission admission = demand.without(clientTokens(call)).reserve(limiter.limiter(), prompt, reservations.redisBudget());
        if (!(admission instanceof Reservation reservation)) {
            throw ClientGrant.refusal(admission, call).error().exception();
        }
        reservations.setClientReservation(reservation);
    }
}
