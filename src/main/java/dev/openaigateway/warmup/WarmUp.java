package dev.openaigateway.warmup;

import dev.openaigateway.call.InFlight;
import dev.openaigateway.config.Settings;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.log.root.GatewayLog;
import dev.openaigateway.problem.RootCause;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.language.simple.SimpleLanguage;
import org.apache.camel.main.Main;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Compiles the code that serves requests before {@code /health/ready} says that the gateway is ready (benchmark row "cold"). Requests go
 * through a second gateway in this process, between a client and an upstream on the loopback address. It shares nothing
 * with the first but classes: its settings, windows, statistics and sinks are its own, so nothing is left of it when it stops. It starts
 * when the first gateway listens, and ends when chats are fast, after three seconds, or when the first gateway serves more than
 * two requests at once.
 */
public final class WarmUp {

    private static final Logger LOG = GatewayLog.LOG;

    /** The name of a bean that only the second gateway has. */
    private static final String SECOND = "secondGateway";
    /** Clients that wait for the listener are served first, without the warm-up beside them. */
    private static final long FIRST_CLIENTS_MILLIS = 250;
    private static final Duration TRAFFIC = Duration.ofSeconds(3);
    private static final Duration LONGEST = Duration.ofSeconds(6);
    private static final int STOP_MILLIS = 3_000;

    private final Duration traffic;
    private final Duration longest;
    private final Function<Environment, Main> gateways;
    private CamelContext context;
    private InFlight inFlight;
    private volatile boolean due = true;
    private volatile long begin;
    private Thread thread;

    /** @param gateways creates the second gateway from its environment */
    public WarmUp(Function<Environment, Main> gateways) {
        this(TRAFFIC, LONGEST, gateways);
    }

    /**
     * @param traffic  how long requests are sent at most
     * @param longest  the gateway is ready after this time, even if the warm-up is not done
     * @param gateways creates the second gateway from its environment
     */
    public WarmUp(Duration traffic, Duration longest, Function<Environment, Main> gateways) {
        this.traffic = traffic;
        this.longest = longest;
        this.gateways = gateways;
    }

    /** Whether the gateway of this registry serves the warm-up of another. */
    public static boolean isOf(Registry registry) {
        return registry.lookupByName(SECOND) != null;
    }

    /**
     * Warms the gateway of this context up once it has started, if a bean is a {@link WarmUp} and the settings ask for it. A gateway without
     * instances serves only the demo, so it is not warmed up.
     *
     * @param requests those of this gateway
     * @return whether the gateway is still warming up
     */
    public static BooleanSupplier of(CamelContext context, Settings settings, InFlight requests) {
        WarmUp warmUp = context.getRegistry().findSingleByType(WarmUp.class);
        if (warmUp == null || !settings.warmUp() || settings.instances().isEmpty()) {
            return () -> false;
        }
        warmUp.context = context;
        warmUp.inFlight = requests;
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStarted(CamelContext started) {
                warmUp.start();
            }

            @Override
            public void onContextStopping(CamelContext stopping) {
                warmUp.stop();
            }
        });
        return warmUp::isDue;
    }

    private boolean isDue() {
        long started = begin;
        return due && (started == 0 || System.nanoTime() - started < longest.toNanos());
    }

    private void start() {
        begin = System.nanoTime();
        thread = new Thread(this::run, "warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private void stop() {
        due = false;
        try {
            if (thread != null) {
                thread.join(STOP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Never throws: a gateway that is not warm works, only slower for some seconds. */
    private void run() {
        String key = UUID.randomUUID().toString();
        try (LoopbackUpstream upstream = new LoopbackUpstream()) {
            ForeignCode.run(() -> run(gateways.apply(environment(key, upstream.port())), key));
        } catch (Exception e) {
            LOG.warn("The gateway is not warmed up, so its first requests are slow: {}", RootCause.message(e));
            LOG.debug("Stack trace of the failed warm-up", e);
        } finally {
            end();
        }
    }

    /** Ready in any case: a failure to give back memory must not keep the gateway from traffic. */
    private void end() {
        try {
            ForeignCode.run(this::releaseSecond);
        } catch (RuntimeException e) {
            LOG.warn("The memory of the warm-up is not given back: {}", RootCause.message(e));
            LOG.debug("Stack trace of the failed release", e);
        } finally {
            due = false;
        }
    }

    private void run(Main second, String key) throws Exception {
        second.bind(SECOND, SECOND);
        TimeUnit.MILLISECONDS.sleep(FIRST_CLIENTS_MILLIS);
        try {
            second.start();
            int port = second.getCamelContext().hasService(VertxPlatformHttpServer.class).getPort();
            new Traffic(port, key, traffic, () -> isDue() && inFlight.count() <= Traffic.CLIENTS).run();
        } finally {
            second.stop();
        }
    }

    /**
     * Gives back the memory of the second gateway, before the first one is ready. Camel's static Simple language would hold it: it holds the
     * context that started it last.
     */
    private void releaseSecond() {
        if (context.resolveLanguage("simple") instanceof SimpleLanguage simple) {
            simple.start();
        }
        MemoryRelease.run();
    }

    /** The folder does not exist, so all files come from the jar. */
    private static Environment environment(String key, int upstream) {
        String base = "http://127.0.0.1:" + upstream + "/v1";
        return new Environment(Map.ofEntries(Map.entry("HOST", "127.0.0.1"), Map.entry("PORT", "0"), Map.entry("CLIENT_KEYS", key),
                Map.entry("RATE_LIMIT_TPM", "1000000000"), Map.entry("API_ROUTING_STRATEGY", "round_robin"), Map.entry("API_INSTANCES", "one,two"),
                Map.entry("API_INSTANCE_ONE_PROVIDER_TYPE", "generic"), Map.entry("API_INSTANCE_TWO_PROVIDER_TYPE", "generic"),
                Map.entry("API_INSTANCE_ONE_API_BASE", base), Map.entry("API_INSTANCE_TWO_API_BASE", base),
                Map.entry("API_INSTANCE_ONE_SUPPORTED_MODELS", "gpt-4o"), Map.entry("API_INSTANCE_TWO_SUPPORTED_MODELS", "gpt-4o"),
                Map.entry("API_INSTANCE_ONE_MAX_TPM", "1000000000"), Map.entry("API_INSTANCE_TWO_MAX_TPM", "1000000000")),
                Path.of(System.getProperty("java.io.tmpdir"), key));
    }
}
