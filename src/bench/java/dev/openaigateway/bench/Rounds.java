package dev.openaigateway.bench;

import io.vertx.core.buffer.Buffer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Requests per second of several targets. The targets alternate in each round, so that noise affects all of them alike. */
final class Rounds {

    static final int CONNECTIONS = 32;
    private static final double STEADY = 1.05;

    private Rounds() {
    }

    /** Warms all targets up equally and returns their rates in the order of {@code targets}. */
    static Rates measure(Setup setup, List<Target> targets, String body) throws InterruptedException {
        Buffer sent = Buffer.buffer(body);
        return measure(setup, targets, CONNECTIONS, () -> sent);
    }

    static Rates measure(Setup setup, List<Target> targets, int connections, Supplier<Buffer> bodies) throws InterruptedException {
        RequestLoad load = setup.requests(connections);
        warmUp(load, setup.plan(), targets, bodies);
        List<List<Double>> rounds = new ArrayList<>();
        List<List<Double>> cpuMicros = new ArrayList<>();
        for (int round = 0; round < setup.plan().rounds(); round++) {
            List<Duration> before = targets.stream().map(Target::cpu).toList();
            List<Double> rates = turn(load, targets, bodies, setup.plan().round());
            rounds.add(rates);
            cpuMicros.add(cpuMicros(targets, before, rates, setup.plan().round()));
        }
        return new Rates(rounds, cpuMicros);
    }

    /**
     * Runs until no target has become faster for some turns. With few cores a JVM compiles for more than a minute under
     * load, and mostly during the pauses, since its compiler threads compete with all other threads.
     */
    private static void warmUp(RequestLoad load, Plan plan, List<Target> targets, Supplier<Buffer> bodies) throws InterruptedException {
        Map<Integer, Double> best = new HashMap<>();
        int steadyTurns = 0;
        for (int turn = 0; turn < plan.longestWarmUp() && steadyTurns < plan.steadyTurns(); turn++) {
            boolean steady = true;
            List<Double> rates = turn(load, targets, bodies, plan.warmUp());
            for (int i = 0; i < rates.size(); i++) {
                steady &= rates.get(i) < STEADY * best.getOrDefault(i, 0.0);
                best.merge(i, rates.get(i), Math::max);
            }
            steadyTurns = steady ? steadyTurns + 1 : 0;
            TimeUnit.MILLISECONDS.sleep(plan.pause().toMillis());
        }
    }

    /** CPU time per request. Assumes that a process is idle while its target is not under load. */
    private static List<Double> cpuMicros(List<Target> targets, List<Duration> before, List<Double> rates, Duration time) {
        List<Double> micros = new ArrayList<>();
        for (int i = 0; i < rates.size(); i++) {
            Duration used = targets.get(i).cpu().minus(before.get(i));
            micros.add(used.toNanos() / 1_000.0 / (rates.get(i) * time.toMillis() / 1_000.0));
        }
        return micros;
    }

    private static List<Double> turn(RequestLoad load, List<Target> targets, Supplier<Buffer> bodies, Duration time)
            throws InterruptedException {
        List<Double> rates = new ArrayList<>();
        for (Target target : targets) {
            rates.add(load.run(target, bodies, time));
        }
        return rates;
    }
}
