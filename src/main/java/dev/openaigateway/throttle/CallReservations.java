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

/** The reservations of one call. The prompt is counted once per tokenizer; all reservations are settled in one step at the end. */
final class CallReservations {

    private record Counting(String model, Optional<String> tokenizer) {
    }

    private final Call call;
    private final Map<Counting, TokenEstimate> estimates = new HashMap<>(2);
    private final List<Reservation> instanceReservations = new ArrayList<>(1);
    private final RedisTimeBudget redisBudget = new RedisTimeBudget();
    private Reservation clientReservation;

    private CallReservations(Call call) {
        this.call = call;
        call.onComplete(this::close);
    }

    static CallReservations of(Call call) {
        return call.attachment(CallReservations.class, CallReservations::new);
    }

    /** Counts the prompt on the first call. From then on the response is counted too, in case it reports no usage. */
    TokenEstimate estimate(String model, Optional<String> tokenizer) {
        return estimates.computeIfAbsent(new Counting(model, tokenizer), each -> TokenEstimates.count(call, each.model(), each.tokenizer()));
    }

    /** The time that the call may still wait for Redis. */
    RedisTimeBudget redisBudget() {
        return redisBudget;
    }

    /** Adds the reservation for the client and the gateway. */
    void admitted(Reservation reservation) {
        clientReservation = reservation;
    }

    /** Adds the reservation of an instance that sent a response, or a part of one. */
    void served(Reservation reservation) {
        instanceReservations.add(reservation);
    }

    private void close(Call ended) {
        CorrectionGroup corrections = new CorrectionGroup();
        instanceReservations.forEach(reservation -> settle(corrections, reservation));
        if (clientReservation != null && call.result().isServed()) {
            settle(corrections, clientReservation);
        } else if (clientReservation != null) {
            corrections.giveBack(clientReservation);
        }
        corrections.end();
    }

    private void settle(CorrectionGroup corrections, Reservation reservation) {
        if (call.result().completionCounter() != null && call.result().completionCounter().isBackground()) {
            reservation.keep();
        } else {
            corrections.settle(reservation, used(reservation));
        }
    }

    /** The reported usage; without one, the counted prompt and the counted part of the response. */
    private long used(Reservation reservation) {
        Usage usage = call.result().usage();
        if (usage != null) {
            return usage.total();
        }
        CompletionCounter counter = call.result().completionCounter();
        return reservation.prompt() + (counter == null ? 0 : counter.counted().completionTokens());
    }
}
