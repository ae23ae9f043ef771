package dev.openaigateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The gateway as the image starts it, with the start-up cache that the image's build makes: start, memory idle and under load. */
final class ImageRow implements Row {

    private static final int PER_SECOND = 500;
    private static final double START_SECONDS = 1.2;
    private static final int IDLE_MB = 150;
    private static final int LOADED_MB = 250;
    private static final int FIRST_JDK = 25;
    /** Until the gateway has been idle for two intervals of G1PeriodicGCInterval, by which it gives back memory. */
    private static final int PAUSES = 8;

    @Override
    public String title() {
        return "image";
    }

    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        if (Runtime.version().feature() < FIRST_JDK) {
            throw new BrokenRunException("the image has JDK " + FIRST_JDK);
        }
        ImageCommands image = trained();
        warmGenerator(setup);
        List<Double> seconds = new ArrayList<>();
        List<Double> cpu = new ArrayList<>();
        List<Double> idle = new ArrayList<>();
        List<Double> loaded = new ArrayList<>();
        for (int round = 0; round < setup.plan().repeats(); round++) {
            try (GatewayUnderTest gateway = GatewayUnderTest.start(setup.limitedEverywhere(), image.environment(), image.jvmArgs())) {
                seconds.add(gateway.toFirstResponse().toMillis() / 1_000.0);
                cpu.add(gateway.cpuToReady().toMillis() / 1_000.0);
                TimeUnit.MILLISECONDS.sleep(setup.plan().pause().multipliedBy(PAUSES).toMillis());
                idle.add(gateway.residentMegabytes());
                load(setup, gateway.target());
                loaded.add(gateway.residentMegabytes());
            }
        }
        double start = Median.of(seconds);
        return List.of(
                figure("start to first response with limits, s", "%.2f", start).require("", "<= " + START_SECONDS, start <= START_SECONDS),
                figure("CPU until ready, s", "%.2f", Median.of(cpu)),
                figure("resident memory idle, MB", "%.0f", Median.of(idle)).require("", "<= " + IDLE_MB, Median.of(idle) <= IDLE_MB),
                figure("resident memory at %d requests/s, MB".formatted(PER_SECOND), "%.0f", Median.of(loaded))
                        .require("", "<= " + LOADED_MB, Median.of(loaded) <= LOADED_MB));
    }

    /** A load generator that has just started falls behind, and then opens hundreds of connections at once. */
    private static void warmGenerator(Setup setup) throws InterruptedException {
        load(setup, setup.targets().get(0));
    }

    private static void load(Setup setup, Target target) throws InterruptedException {
        setup.steady(PER_SECOND, setup.plan().warmUp().multipliedBy(2), Duration.ZERO).run(target);
    }

    private static ImageCommands trained() throws InterruptedException {
        try {
            ImageCommands image = new ImageCommands(Path.of("Dockerfile"), GatewayUnderTest.jar(Target.GATEWAY), Files.createTempDirectory("gateway-image"));
            image.train();
            return image;
        } catch (IOException e) {
            throw new BrokenRunException("a folder for the start-up cache", e);
        }
    }

    private Result figure(String what, String format, double value) {
        return new Result(title() + ", " + what).value(Target.GATEWAY, format.formatted(value));
    }
}
