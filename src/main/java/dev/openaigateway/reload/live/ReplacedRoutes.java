package dev.openaigateway.reload.live;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.InFlight;
import dev.openaigateway.log.root.GatewayLog;
import dev.openaigateway.reload.endpoint.HeldExchanges;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Routes of replaced versions that may still have exchanges. They can be removed a minute after their replacement, once they
 * have no exchange and all requests that began earlier have ended: events and copies may take longer than a request, and the
 * {@code onCompletion} of a rule runs when the request ends. An exchange that never ends does not keep them longer than a day.
 * Not thread-safe.
 */
final class ReplacedRoutes {

    private static final Duration LONGEST = Duration.ofDays(1);

    private record Waiting(LiveRoutes routes, String number, Set<Call> calls, Instant end) {
    }

    private final InstantSource clock;
    private final InFlight inFlight;
    private final IdleGrace grace;
    private final List<Waiting> waiting = new ArrayList<>();
    private int latest;

    ReplacedRoutes(InFlight inFlight, InstantSource clock) {
        this.clock = clock;
        this.inFlight = inFlight;
        this.grace = new IdleGrace(clock);
    }

    /** Adds routes that new requests no longer use. */
    void add(LiveRoutes routes) {
        Set<Call> calls = Collections.newSetFromMap(new WeakHashMap<>());
        inFlight.calls().forEach(calls::add);
        Waiting replaced = new Waiting(routes, String.valueOf(++latest), calls, clock.instant().plus(LONGEST));
        waiting.add(replaced);
        grace.begin(replaced.number);
    }

    /** Removes the unused routes, and returns them. */
    List<LiveRoutes> removeUnused() {
        List<LiveRoutes> unused = new ArrayList<>();
        for (Waiting replaced : List.copyOf(waiting)) {
            if (grace.isOver(replaced.number) && isIdle(replaced)) {
                waiting.remove(replaced);
                grace.forget(replaced.number);
                unused.add(replaced.routes);
            }
        }
        return unused;
    }

    private boolean isIdle(Waiting replaced) {
        Map<String, Integer> held = HeldExchanges.byRoute(replaced.routes.running());
        if (held.isEmpty() && !hasCalls(replaced)) {
            return true;
        }
        boolean isOverdue = !clock.instant().isBefore(replaced.end);
        if (isOverdue) {
            GatewayLog.LOG.warn("Rules that were replaced {} hours ago are stopped, although they have not ended. Exchanges that are dropped, by routes: {}",
                    LONGEST.toHours(), held);
        }
        return isOverdue;
    }

    private boolean hasCalls(Waiting replaced) {
        for (Call call : inFlight.calls()) {
            if (replaced.calls.contains(call)) {
                return true;
            }
        }
        return false;
    }

    /** Returns these routes and the active ones. */
    List<LiveRoutes> with(LiveRoutes active) {
        List<LiveRoutes> all = new ArrayList<>(waiting.stream().map(Waiting::routes).toList());
        all.add(active);
        return all;
    }
}
