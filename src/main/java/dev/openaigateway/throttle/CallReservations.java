package dev.openaigateway.throttle;

import dev.openaigateway.call.Call;
import dev.openaigateway.openai.AttemptReport;
import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.ratelimit.CorrectionGroup;
import dev.openaigateway.ratelimit.Reservation;
import dev.openaigateway.redis.RedisTimeBudget;

import java.util.ArrayList;
import java.util.List;

/**
 * The reservations of one call. All are settled in one step at the end, those of instances by the usage of their attempts, that of the
 * client by the sum. Thread-safe.
 */
final class CallReservations {

    private record Served(Reservation reservation, long used) {
    }

    private final Call call;
    private final List<Served> instanceReservations = new ArrayList<>(1);
    private final RedisTimeBudget redisBudget = new RedisTimeBudget();
    private final Supplements supplements = new Supplements();
    private final Object rechargeLock = new Object();
    private Reservation clientReservation;
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

    /** The time that the call may still wait for Redis. */
    RedisTimeBudget redisBudget() {
        return redisBudget;
    }

    /** Sets the reservation for the client and the gateway, which is settled at the end of the call. */
    synchronized void setClientReservation(Reservation reservation) {
        clientReservation = reservation;
    }

    /** The reservation for the client and the gateway; null if none of their limits applies. */
    synchronized Reservation clientReservation() {
        return clientReservation;
    }

    /** Held while the reservation for the client and the gateway is compared with what is needed, and adjusted. */
    Object rechargeLock() {
        return rechargeLock;
    }

    /**
     * Keeps only what was used so far in the window of a limit, because a fallback serves the request that it refused. What copies use that
     * were granted before is added at the end.
     */
    synchronized void releaseUnused(String scope) {
        if (clientReservation != null) {
            clientReservation.settle(scope, call.result().chargedToClient());
        }
    }

    /**
     * Adds the reservation for what a rule has added to the request, or to a copy. It is given back when the usage is known and the
     * copy has ended.
     *
     * @param holder the reservations of the call that needs it
     */
    synchronized void addSupplement(Reservation reservation, CallReservations holder) {
        supplements.add(reservation, holder);
        endSupplements();
    }

    /** What such reservations were granted in a window. */
    synchronized long supplementedIn(String scope) {
        return supplements.grantedIn(scope);
    }

    /** Whether the call has ended. */
    boolean isClosed() {
        return closed;
    }

    /**
     * Adds the reservation of an instance that has just sent a response, or a part of one. It is settled with the others, unless nothing would do
     * so: a mirror has no end, and the call may be complete already.
     *
     * @param whole whether the response came to its end
     */
    synchronized void served(Reservation reservation, boolean whole) {
        if (continuesUnobserved(whole)) {
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
                .map(latest -> continuesUnobserved(latest.status() > 0)).orElse(false);
        CorrectionGroup corrections = new CorrectionGroup();
        settleInstances(corrections);
        if (clientReservation != null && !call.result().isBilled()) {
            corrections.giveBack(clientReservation);
        } else if (clientReservation != null && kept) {
            clientReservation.keep();
        } else if (clientReservation != null) {
            String ofClient = Admit.clientTokens(call);
            corrections.settle(clientReservation, charge -> charge.scope().equals(ofClient) ? call.result().chargedToClient() : call.result().total().total());
        }
        supplements.endThoseOfEndedCalls(kept, corrections);
        corrections.end();
    }

    /** Gives back the supplements of copies that have ended, if the request has ended too. */
    private synchronized void endSupplements() {
        if (closed) {
            CorrectionGroup corrections = new CorrectionGroup();
            supplements.endThoseOfEndedCalls(false, corrections);
            corrections.end();
        }
    }

    /**
     * Whether the latest response goes on at the upstream after the call, so that its usage will not be known: as it says itself, or because
     * it was requested so and the call ended before it. Nor is it known of a response that was dropped unread.
     */
    private boolean continuesUnobserved(boolean whole) {
        return isUnknown() || !whole && !call.result().isUsageKnown() && call.request().inBackground();
    }

    private boolean isUnknown() {
        CompletionCounter counter = call.result().completionCounter();
        return counter != null && counter.isUnknown();
    }

    /** By the attempt that ends: the reported usage, or what was counted if that may be more; without any, the counted prompt and the counted part of the response. */
    private long used(Reservation reservation) {
        Usage usage = call.result().usage();
        if (usage != null) {
            return usage.total();
        }
        CompletionCounter counter = call.result().completionCounter();
        return reservation.prompt() + (counter == null ? 0 : counter.counted().completionTokens());
    }
}
