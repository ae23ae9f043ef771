package dev.openaigateway.throttle;

import dev.openaigateway.api.Call;
import dev.openaigateway.api.Usage;
import dev.openaigateway.tokens.Closing;
import dev.openaigateway.tokens.Demand;
import dev.openaigateway.tokens.Patience;
import dev.openaigateway.tokens.Reservation;
import org.apache.camel.Exchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one call costs: counted once for each tokenizer, reserved, and settled in one step when the call has ended. */
final class Account {

    private static final String PROPERTY = "account";

    private final Call call;
    private final Map<Optional<String>, Demand> demands = new HashMap<>(2);
    private final List<Reservation> ofAnswers = new ArrayList<>(1);
    private final Patience patience = new Patience();
    private Reservation ofClient;

    private Account(Call call) {
        this.call = call;
        call.onSettle(this::close);
    }

    /** A copy of an exchange brings its original's account along, so the call decides whose it is. */
    static Account of(Exchange exchange, Call call) {
        Account known = exchange.getProperty(PROPERTY, Account.class);
        if (known != null && known.call == call) {
            return known;
        }
        Account opened = new Account(call);
        exchange.setProperty(PROPERTY, opened);
        return opened;
    }

    /** Counts at the first question. From then on the answer is counted too, in case the upstream does not say. */
    Demand demand(Optional<String> tokenizer) {
        return demands.computeIfAbsent(tokenizer, each -> Demands.count(call, each));
    }

    /** What the call may still wait for Redis. */
    Patience patience() {
        return patience;
    }

    /** Held for the client, whichever instance answers. */
    void admitted(Reservation reservation) {
        ofClient = reservation;
    }

    /** Held at an instance that answered, wholly or in part. */
    void answered(Reservation reservation) {
        ofAnswers.add(reservation);
    }

    private void close(Call ended) {
        Closing closing = new Closing();
        ofAnswers.forEach(reservation -> settle(closing, reservation));
        if (ofClient != null && call.isServed()) {
            settle(closing, ofClient);
        } else if (ofClient != null) {
            closing.giveBack(ofClient);
        }
        closing.end();
    }

    private void settle(Closing closing, Reservation reservation) {
        if (call.tally() != null && call.tally().isForLater()) {
            reservation.keep();
        } else {
            closing.settle(reservation, used(reservation));
        }
    }

    /** What the upstream billed; where it did not say, the prompt as counted and what was seen of the answer. */
    private long used(Reservation reservation) {
        Usage usage = call.usage();
        if (usage != null) {
            return usage.total();
        }
        return reservation.prompt() + (call.tally() == null ? 0 : call.tally().counted().completionTokens());
    }
}
