package dev.openaigateway.reload.live;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.InFlight;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Routes of replaced versions that may still have requests. They can be removed a minute after their replacement, once all
 * requests that began earlier have ended. Not thread-safe.
 */
final class DrainingRoutes {

    private record Former(LiveRoutes routes, String number, Set<Call> calls) {
    }

    private final InFlight inFlight;
    private final DrainGrace grace;
    private final List<Former> formers = new ArrayList<>();
    private int latest;

    DrainingRoutes(InFlight inFlight, InstantSource clock) {
        this.inFlight = inFlight;
        this.grace = new DrainGrace(clock);
    }

    /** Adds routes that new requests no longer use. */
    void add(LiveRoutes routes) {
        Set<Call> calls = Collections.newSetFromMap(new WeakHashMap<>());
        inFlight.calls().forEach(calls::add);
        Former former = new Former(routes, String.valueOf(++latest), calls);
        formers.add(former);
        grace.isOver(former.number);
    }

    /** Removes the unused routes, and returns them. */
    List<LiveRoutes> removeUnused() {
        List<LiveRoutes> unused = new ArrayList<>();
        for (Former former : List.copyOf(formers)) {
            if (grace.isOver(former.number) && isIdle(former)) {
                formers.remove(former);
                grace.forget(former.number);
                unused.add(former.routes);
            }
        }
        return unused;
    }

    private boolean isIdle(Former former) {
        if (former.routes.areIdle()) {
            return true;
        }
        for (Call call : inFlight.calls()) {
            if (former.calls.contains(call)) {
                return false;
            }
        }
        return true;
    }

    /** Returns these routes and the active ones. */
    List<LiveRoutes> with(LiveRoutes active) {
        List<LiveRoutes> all = new ArrayList<>(formers.stream().map(Former::routes).toList());
        all.add(active);
        return all;
    }
}
