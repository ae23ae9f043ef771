package dev.openaigateway.throttle;

import dev.openaigateway.call.Call;
import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.ratelimit.CorrectionGroup;
import dev.openaigateway.ratelimit.RedisTimeBudget;
import dev.openaigateway.ratelimit.Reservation;
import dev.openaigateway.tokenizer.TokenEstimate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one call costs: counted once for each tokenizer, reserved, and settled in one step when the call has ended. */
final class CallReservations {

    private final Call call;
    private final Map<Optional<String>, TokenEstimate> estimates = new HashMap<>(2);
    private final List<Reservation> ofInstances = new ArrayList<>(1);
    private final RedisTimeBudget redisBudget = new RedisTimeBudget();
    private Reservation ofClient;

    private CallReservations(Call call) {
        this.call = call;
        call.onComplete(this::close);
    }

    static CallReservations of(Call call) {
        return call.part(CallReservations.class, CallReservations::new);
    }

    /** Counts at the first question. From then on the answer is counted too, in case the upstream does not say. */
    TokenEstimate estimate(Optional<String> tokenizer) {
        return estimates.computeIfAbsent(tokenizer, each -> TokenEstimates.count(call, each));
    }

    /** What the call may still wait for Redis. */
    RedisTimeBudget redisBudget() {
        return redisBudget;
    }

    /** Held for the client, whichever instance answers. */
    void admitted(Reservation reservation) {
        ofClient = reservation;
    }

    /** Held at an instance that answered, wholly or in part. */
    void served(Reservation reservation) {
        ofInstances.add(reservation);
    }

    private void close(Call ended) {
        CorrectionGroup corrections = new CorrectionGroup();
        ofInstances.forEach(reservation -> settle(corrections, reservation));
        if (ofClient != null && call.result().isServed()) {
            settle(corrections, ofClient);
        } else if (ofClient != null) {
            corrections.giveBack(ofClient);
        }
        corrections.end();
    }

    private void settle(CorrectionGroup corrections, Reservation reservation) {
        if (call.result().completionCounter() != null && call.result().completionCounter().isForLater()) {
            reservation.keep();
        } else {
            corrections.settle(reservation, used(reservation));
        }
    }

    /** What the upstream billed; where it did not say, the prompt as counted and what was seen of the answer. */
    private long used(Reservation reservation) {
        Usage usage = call.result().usage();
        if (usage != null) {
            return usage.total();
        }
        CompletionCounter counter = call.result().completionCounter();
        return reservation.prompt() + (counter == null ? 0 : counter.counted().completionTokens());
    }
}
