package dev.openaigateway.bench;

import io.vertx.core.buffer.Buffer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;

/** Requests per second of several targets. The targets alternate in each round, so that noise affects all of them alike. */
final class Rounds {

    static final int CONNECTIONS = 32;
    private static final double STEADY = 1.05;

    private Rounds() {
    }

    /** Warms all targets up equally and returns their rates in the order of {@code targets}. */
    static Rates measure(Setup setup, List<Target> targets, String body) throws InterruptedException {
        return measure(setup, setup.plan(), targets, body);
    }

    static Rates measure(Setup setup, Plan plan, List<Target> targets, String body) throws InterruptedException {
        Buffer sent = Buffer.buffer(body);
        return measure(setup.requests(CONNECTIONS), plan, targets, () -> sent);
    }

    static Rates measure(RequestLoad load, Plan plan, List<Target> targets, Supplier<Buffer> bodies) throws InterruptedException {
        warmUp(load, plan, targets, bodies);
        List<List<Double>> rounds = new ArrayList<>();
        List<List<Double>> cpuMicros = new ArrayList<>();
        List<List<Double>> kilobytes = new ArrayList<>();
        for (int round = 0; round < plan.rounds(); round++) {
            List<Cost> before = targets.stream().map(Target::cost).toList();
            List<Double> rates = turn(load, targets, bodies, plan.round());
            List<Cost> used = costs(targets, before);
            rounds.add(rates);
            cpuMicros.add(each(used, rates, plan.round(), Cost::cpuMicrosPer));
            kilobytes.add(each(used, rates, plan.round(), Cost::kilobytesPer));
        }
        return new Rates(targets.stream().map(Target::name).toList(), rounds, cpuMicros, kilobytes);
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

    /** Assumes that a process is idle while its target is not under load. */
    private static List<Cost> costs(List<Target> targets, List<Cost> before) {
        List<Cost> used = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            used.add(targets.get(i).cost().minus(before.get(i)));
        }
        return used;
    }

    private static List<Double> each(List<Cost> used, List<Double> rates, Duration time, ToDoubleBiFunction<Cost, Double> figure) {
        List<Double> figures = new ArrayList<>();
        for (int i = 0; i < used.size(); i++) {
            figures.add(figure.applyAsDouble(used.get(i), rates.get(i) * time.toMillis() / 1_000.0));
        }
        return figures;
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
