package dev.openaigateway.dashboard;

import dev.openaigateway.call.Call;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.CallListener;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the attempts of the last minute by rule and instance, mirrored ones too, and the requests that a rule answered itself.
 * Memory is bounded. Recording allocates nothing for a pair that is known. Thread-safe.
 */
public final class RuleTraffic implements CallListener {

    private static final int MAX_EDGES = 20_000;
    private static final String NONE = "";

    /**
     * What one rule sent to one instance in the last minute.
     *
     * @param rule     the name of its step; empty if no rule had a part in it
     * @param instance empty if the rule answered itself, or no instance could be tried
     */
    record Edge(String rule, String instance, long requests, long failed) {
    }

    private final InstantSource ticks;
    private final Map<String, Map<String, MinuteCount>> counts = new ConcurrentHashMap<>();
    private final AtomicInteger edges = new AtomicInteger();

    /** @param ticks a clock that is never set */
    public RuleTraffic(InstantSource ticks) {
        this.ticks = ticks;
    }

    @Override
    public void attemptEnded(Attempt attempt) {
        add(attempt.call().result().rule(), attempt.instance().name(), attempt.outcome().failure() != null);
    }

    @Override
    public void completed(Call call) {
        if (call.result().rule() != null && call.result().attempts().isEmpty()) {
            add(call.result().rule(), NONE, call.result().status() >= 500);
        }
    }

    private void add(String rule, String instance, boolean failed) {
        String name = rule == null ? NONE : rule;
        Map<String, MinuteCount> ofRule = counts.get(name);
        MinuteCount count = ofRule == null ? null : ofRule.get(instance);
        if (count != null) {
            count.add(ticks.millis(), failed);
            return;
        }
        if (edges.get() >= MAX_EDGES) {
            forgetIdle();
        }
        if (edges.get() < MAX_EDGES) {
            counts.compute(name, (same, known) -> begun(known, instance, failed));
        }
    }

    /** Within {@code compute}, like {@link #withoutIdle}, so that nothing is added to a map that was just removed. */
    private Map<String, MinuteCount> begun(Map<String, MinuteCount> known, String instance, boolean failed) {
        Map<String, MinuteCount> ofRule = known == null ? new ConcurrentHashMap<>() : known;
        ofRule.computeIfAbsent(instance, fresh -> {
            edges.incrementAndGet();
            return new MinuteCount();
        }).add(ticks.millis(), failed);
        return ofRule;
    }

    /** Those with traffic in the last minute. Forgets the others, such as those of rules that were replaced. */
    List<Edge> edges() {
        forgetIdle();
        List<Edge> all = new ArrayList<>();
        long now = ticks.millis();
        counts.forEach((rule, ofRule) -> ofRule.forEach((instance, count) -> {
            MinuteCount.Sum sum = count.sum(now);
            all.add(new Edge(rule, instance, sum.calls(), sum.failures()));
        }));
        return all;
    }

    private synchronized void forgetIdle() {
        long now = ticks.millis();
        counts.keySet().forEach(rule -> counts.computeIfPresent(rule, (name, ofRule) -> withoutIdle(ofRule, now)));
    }

    /** Null if none is left. */
    private Map<String, MinuteCount> withoutIdle(Map<String, MinuteCount> ofRule, long now) {
        ofRule.values().removeIf(count -> {
            boolean idle = count.sum(now).calls() == 0;
            if (idle) {
                edges.decrementAndGet();
            }
            return idle;
        });
        return ofRule.isEmpty() ? null : ofRule;
    }
}
