package dev.openaigateway.soak;

import dev.openaigateway.support.RedisProcess;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Runs the soak, prints a line for each round and exits with status 1 if a promise was broken. */
public final class Soak {

    private static final int ROUND_SECONDS = 15;
    private static final int RELOAD_SECONDS = 10;
    private static final int REDIS_DOWN_SECONDS = 5;
    private static final int SETTLE_SECONDS = 20;

    private final Tally tally = new Tally();
    private final Admissions admissions = new Admissions();
    private final List<Sample> samples = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    private Soak() {
    }

    public static void main(String[] args) throws InterruptedException {
        long seconds = TimeUnit.MINUTES.toSeconds(Long.getLong("soak.minutes", 30));
        List<String> defects;
        try {
            defects = new Soak().run(seconds);
        } catch (RuntimeException | IOException | ExecutionException e) {
            e.printStackTrace();
            defects = List.of("the soak could not go on: " + e);
        }
        defects.forEach(defect -> System.out.println("DEFECT: " + defect));
        System.out.println(defects.isEmpty() ? "soak: passed" : "soak: failed");
        System.exit(defects.isEmpty() ? 0 : 1);
    }

    private List<String> run(long seconds) throws IOException, InterruptedException, ExecutionException {
        try (RedisProcess redis = RedisProcess.started();
                SoakUpstream upstream = new SoakUpstream(admissions);
                SoakGateway gateway = new SoakGateway(System.getProperty("soak.jar"), System.getProperty("soak.heap", "256m"),
                        upstream.port(), redis.url());
                Traffic traffic = new Traffic(gateway.port(), tally)) {
            System.out.println("log of the gateway: " + gateway.log());
            gateway.awaitStart();
            timer.scheduleAtFixedRate(() -> reload(gateway), RELOAD_SECONDS, RELOAD_SECONDS, TimeUnit.SECONDS);
            timer.schedule(() -> loseRedis(redis, false), seconds / 6, TimeUnit.SECONDS);
            timer.schedule(() -> loseRedis(redis, true), seconds / 2, TimeUnit.SECONDS);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            for (int round = 0; System.nanoTime() < end && gateway.alive(); round++) {
                traffic.round(round, ROUND_SECONDS);
                settle(gateway, redis);
            }
            timer.shutdownNow();
            return verdict(gateway);
        }
    }

    private List<String> verdict(SoakGateway gateway) throws IOException {
        tally.print();
        System.out.println("reloads: " + gateway.reloads() + ", admitted of the limited client: " + admissions.count());
        List<String> defects = new ArrayList<>(tally.defects());
        if (!gateway.alive()) {
            defects.add("the gateway ended; see " + gateway.log());
        }
        if (admissions.beyondLimit() > 0) {
            defects.add(admissions.beyondLimit() + " tokens admitted beyond the limit");
        }
        if (samples.size() >= 3) {
            defects.addAll(Flatness.growth(samples));
        }
        try (var log = Files.lines(gateway.log())) {
            log.filter(line -> line.contains(" ERROR ") || line.contains("OutOfMemoryError") || line.startsWith("\tat "))
                    .limit(5).forEach(line -> defects.add("in the log: " + line));
        }
        return defects;
    }

    /** Waits until nothing of the round is left, and takes a sample. */
    private void settle(SoakGateway gateway, RedisProcess redis) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
        List<String> left = held(gateway);
        while (!(left.isEmpty() && responds(redis)) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            left = held(gateway);
        }
        left.forEach(line -> tally.defect("not 0 after a round: " + line));
        samples.add(Sample.of(gateway, Integer.parseInt(redis.command("DBSIZE").substring(1))));
        System.out.println("round " + samples.size() + ": " + samples.get(samples.size() - 1));
    }

    private static boolean responds(RedisProcess redis) {
        try {
            return redis.command("PING").equals("+PONG");
        } catch (UncheckedIOException stopped) {
            return false;
        }
    }

    private static List<String> held(SoakGateway gateway) {
        return gateway.metrics().stream().filter(line -> line.matches(
                "gateway_(requests_in_flight|reservations_open|memory_held_bytes|reservations_closed_twice_total).*")
                && !line.endsWith(" 0.0")).toList();
    }

    private void reload(SoakGateway gateway) {
        try {
            gateway.reload();
        } catch (Exception e) {
            tally.defect("the settings could not be written: " + e);
        }
    }

    /** @param data whether Redis also loses its data */
    private void loseRedis(RedisProcess redis, boolean data) {
        System.out.println(data ? "Redis is killed" : "Redis is suspended");
        if (data) {
            redis.kill();
        } else {
            redis.pause();
        }
        timer.schedule(data ? redis::start : redis::resume, REDIS_DOWN_SECONDS, TimeUnit.SECONDS);
    }
}
