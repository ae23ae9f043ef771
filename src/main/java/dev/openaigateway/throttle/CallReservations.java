package dev.openaigateway.throttle;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.Grant;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.openai.AttemptReport;
import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.openai.body.RequestBody;
import dev.openaigateway.ratelimit.Charge;
import dev.openaigateway.ratelimit.CorrectionGroup;
import dev.openaigateway.ratelimit.Reservation;
import dev.openaigateway.redis.RedisTimeBudget;
import dev.openaigateway.tokenizer.TokenEstimate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The reservations of one call. The prompt is counted once per tokenizer; all reservations are settled in one step at the end, those of
 * instances by the usage of their attempts, that of the client by the sum.
 */
final class CallReservations {

    private record Counting(String model, Optional<String> tokenizer) {
    }

    private record Served(Reservation reservation, long used) {
    }

    /** @param asker the reservations of the request, or of a copy of it, that needed it */
    private record Supplement(Reservation reservation, CallReservations asker) {
    }

    private final Call call;
    private final Map<Counting, TokenEstimate> estimates = new HashMap<>(2);
    private RequestBody counted;
    private final List<Served> instanceReservations = new ArrayList<>(1);
    private final RedisTimeBudget redisBudget = new RedisTimeBudget();
    private final List<Supplement> supplements = new ArrayList<>(0);
    private final List<Supplement> openSupplements = new ArrayList<>(0);
    private final Object recharging = new Object();
    private Reservation clientReservation;
    private Grant.Refusal exempted;
    private volatile boolean closed;

    private CallReservations(Call call) {
        this.call = call;
        call.onComplete(this::close);
        if (call.isMirror() && call.isLimited()) {
            call.onComplete(ended -> of(ended.original()).endSupplements());
        }
    }

    static CallReservations of(Call call) {
        return call.attachment(CallReservations.class, CallReservations::new);
    }

    /** Counts the prompt on the first call. From then on the response is counted too, in case it reports no usage. */
    synchronized TokenEstimate estimate(String model, Optional<String> tokenizer) {
        TokenEstimate estimate = counted(model, tokenizer);
        if (!call.result().isCounted()) {
            call.result().countWith(TokenEstimates.responseCounters(estimate, model, tokenizer));
        }
        return estimate;
    }

    /** The estimate of the request as the client sent it, with the model's own tokenizer. */
    synchronized TokenEstimate received() {
        ModelRequest received = call.received();
        return received.body() == call.request().body() ? counted(received.model(), Optional.empty())
                : TokenEstimates.count(received, received.model(), Optional.empty());
    }

    private TokenEstimate counted(String model, Optional<String> tokenizer) {
        if (counted != call.request().body()) {
            counted = call.request().body();
            estimates.clear();
            call.result().countWith(null);
        }
        return estimates.computeIfAbsent(new Counting(model, tokenizer), each -> TokenEstimates.count(call.request(), model, tokenizer));
    }

    /** The time that the call may still wait for Redis. */
    RedisTimeBudget redisBudget() {
        return redisBudget;
    }

    /** Adds the reservation for the client and the gateway. */
    synchronized void admitted(Reservation reservation) {
        clientReservation = reservation;
    }

    /** The reservation for the client and the gateway. */
    synchronized Reservation admitted() {
        return clientReservation;
    }

    /** Held while the reservation for the client and the gateway is compared with what is needed, and adjusted. */
    Object recharging() {
        return recharging;
    }

    /**
     * The client's token limit is charged only with what was used so far, because a fallback serves the request that it refused. What copies
     * use that were granted before is added at the end.
     */
    synchronized void exemptFromClientLimit(String scope, Grant.Refusal refusal) {
        exempted = refusal;
        if (clientReservation != null) {
            clientReservation.settle(scope, call.result().chargedToClient());
        }
    }

    /** Why the client's token limit is charged with nothing more; null if it is charged. */
    synchronized Grant.Refusal exempted() {
        return exempted;
    }

    /**
     * Adds the reservation for what a rule has added to the request, or to a copy. It is given back when the usage is known and the
     * copy has ended.
     *
     * @param asker the reservations of the call that needs it
     */
    synchronized void supplemented(Reservation reservation, CallReservations asker) {
        Supplement supplement = new Supplement(reservation, asker);
        supplements.add(supplement);
        openSupplements.add(supplement);
        endSupplements();
    }

    /** What such reservations were granted in a window. */
    synchronized long supplemented(String scope) {
        return supplements.stream().flatMap(supplement -> supplement.reservation().charges().stream())
                .filter(charge -> charge.scope().equals(scope)).mapToLong(Charge::amount).sum();
    }

    /**
     * Adds the reservation of an instance that has just sent a response, or a part of one. It is settled with the others, unless nothing would do
     * so: a mirror has no end, and the call may be complete already.
     *
     * @param whole whether the response came to its end
     */
    synchronized void served(Reservation reservation, boolean whole) {
        if (goesOn(whole)) {
            reservation.keep();
        } else {
            instanceReservations.add(new Served(reservation, used(reservation)));
        }
        if (closed || call.isMirror()) {
            CorrectionGroup corrections = new CorrectionGroup();
            settleInstances(corrections);
            corrections.end();
        }
    }

    private void settleInstances(CorrectionGroup corrections) {
        instanceReservations.forEach(served -> corrections.settle(served.reservation(), served.used()));
        instanceReservations.clear();
    }

    private synchronized void close(Call ended) {
        closed = true;
        boolean kept = isUnknown() || call.result().attempts().stream().filter(AttemptReport::served).reduce((earlier, later) -> later)
                .map(latest -> goesOn(latest.status() > 0)).orElse(false);
        CorrectionGroup corrections = new CorrectionGroup();
        settleInstances(corrections);
        if (clientReservation != null && !call.result().isBilled()) {
            corrections.giveBack(clientReservation);
        } else if (clientReservation != null && kept) {
            clientReservation.keep();
        } else if (clientReservation != null) {
            String ofClient = Admit.scope(call.clientName());
            corrections.settle(clientReservation, charge -> charge.scope().equals(ofClient) ? call.result().chargedToClient() : call.result().total().total());
        }
        endSupplements(kept, corrections);
        corrections.end();
    }

    /** Gives back the supplements of copies that have ended, if the request has ended too. */
    private synchronized void endSupplements() {
        if (closed) {
            CorrectionGroup corrections = new CorrectionGroup();
            endSupplements(false, corrections);
            corrections.end();
        }
    }

    private void endSupplements(boolean kept, CorrectionGroup corrections) {
        openSupplements.removeIf(supplement -> {
            if (supplement.asker().closed && kept) {
                supplement.reservation().keep();
            } else if (supplement.asker().closed) {
                corrections.giveBack(supplement.reservation());
            }
            return supplement.asker().closed;
        });
    }

    /**
     * Whether the latest response goes on at the upstream after the call, so that its usage will not be known: as it says itself, or because
     * it was requested so and the call ended before it. Nor is it known of a response that was dropped unread.
     */
    private boolean goesOn(boolean whole) {
        return isUnknown() || !whole && call.result().usage() == null && call.request().inBackground();
    }

    private boolean isUnknown() {
        CompletionCounter counter = call.result().completionCounter();
        return counter != null && counter.isUnknown();
    }

    /** By the attempt that ends: the reported usage; without one, the counted prompt and the counted part of the response. */
    private long used(Reservation reservation) {
        Usage usage = call.result().usage();
        if (usage != null) {
            return usage.total();
        }
        CompletionCounter counter = call.result().completionCounter();
        return reservation.prompt() + (counter == null ? 0 : counter.counted().completionTokens());
    }
}
