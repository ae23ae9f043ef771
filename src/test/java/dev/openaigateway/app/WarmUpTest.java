package dev.openaigateway.app;

import dev.openaigateway.call.Call;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.routing.CallListener;
import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import dev.openaigateway.warmup.WarmUp;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.lang.ref.WeakReference;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
@ProcessTest
class WarmUpTest {

    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start().respond(Reply.chat("Hello."));
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(5);
    /** Properties of the process win over those of a file. */
    private static final String WEBHOOK = "events.webhook.enabled";
    private static final String WEBHOOK_URL = "events.webhook.url";

    private final Gate gate = new Gate();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile WeakReference<CamelContext> secondContext;

    @AfterAll
    static void stop() {
        UPSTREAM.close();
    }

    @AfterEach
    void release() {
        gate.open();
        System.clearProperty(WEBHOOK);
        System.clearProperty(WEBHOOK_URL);
    }

    private static TestGateway.Builder gateway(WarmUp warmUp, String more) {
        return TestGateway.builder().bean("warmUp", warmUp).settings("""
                clients: { keys: [ { name: search, key: key, tpm: 1000 } ] }
                instances: [ { name: one, provider_type: generic, api_key: k, api_base: "%s/v1", supported_models: [gpt-4o], max_tpm: 1000 } ]
                %s""".formatted(UPSTREAM.uri(), more));
    }

    private Main held(Environment environment) {
        try {
            gate.pass();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Main second = Gateway.isolated(environment);
        second.bind("counter", new CallListener() {
            @Override
            public void completed(Call call) {
                secondContext = new WeakReference<>(call.exchange().getContext());
                calls.incrementAndGet();
            }
        });
        return second;
    }

    private static boolean isReady(TestGateway gateway) {
        return gateway.get("/health/ready").statusCode() == 200;
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.startsWith("warm-up") || name.startsWith("loopback")).toList();
    }

    /** The figures of the gateway itself. */
    private static List<String> figures(TestGateway gateway) {
        return gateway.get("/metrics").body().lines().filter(line -> !line.matches("(#|jvm_|process_|system_).*")).toList();
    }

    @Test
    void shouldBeReadyWhenItIsWarmAndLeaveNoTrace() {
        System.setProperty(WEBHOOK, "true");
        System.setProperty(WEBHOOK_URL, UPSTREAM.uri());
        int received = UPSTREAM.requests().size();
        try (RedisProcess redis = RedisProcess.started(); CapturedLog log = new CapturedLog();
                TestGateway gateway = gateway(new WarmUp(SHORT, LONG, this::held), "rate_limit: { redis_url: \"" + redis.url() + "\" }").start()) {
            HttpResponse<String> warming = gateway.get("/health/ready");
            assertThat(warming.statusCode()).isEqualTo(503);
            assertThat(warming.body()).contains("The gateway is warming up.", "gateway_starting");
            assertThat(gateway.get("/health/live").statusCode()).isEqualTo(200);
            List<String> figures = figures(gateway);

            gate.open();
            Eventually.holds("the gateway is ready", () -> isReady(gateway));
            Eventually.holds("the warm-up has ended", () -> threads().isEmpty());

            assertThat(calls.get()).as("calls of the warm-up").isPositive();
            assertThat(UPSTREAM.requests()).as("calls of instances and webhooks").hasSize(received);
            assertThat(figures(gateway)).isEqualTo(figures);
            assertThat(gateway.get("/stats").body()).contains("\"total\":{\"requests\":0,");
            assertThat(gateway.get("/admin/requests").body()).contains("\"data\":[]");
            assertThat(redis.command("DBSIZE")).as("keys").isEqualTo(redis.command("EXISTS {tpm}:gateways")).endsWith("1");
            Eventually.holds("the memory of the second gateway is free", () -> {
                System.gc();
                return secondContext.get() == null;
            });
            // On a busy machine, Vert.x warns of an event loop that gets no CPU.
            assertThat(log.linesWith(": ")).filteredOn(line -> !line.contains("BlockedThreadChecker")).hasSize(2).allMatch(line -> line.contains("Settings from") || line.contains("serves 1 instance"));
        }
    }

    @Test
    void shouldServeRequestsMeanwhileAndBeReadyAfterTheLongestTime() {
        try (TestGateway gateway = gateway(new WarmUp(SHORT, LONG, this::held), "").start();
                TestGateway bounded = gateway(new WarmUp(SHORT, Duration.ofMillis(1), this::held), "").start()) {
            assertThat(gateway.chat("gpt-4o", "api-key", "key").statusCode()).isEqualTo(200);
            assertThat(isReady(gateway)).isFalse();
            Eventually.holds("the gateway is ready, although it is not warm", () -> isReady(bounded));
            gate.open();
        }
    }

    @Test
    void shouldBeReadyWithOneLineIfItCannotBeWarmedUp() {
        Function<Environment, Main> broken = environment -> {
            throw new IllegalStateException("no room");
        };
        try (CapturedLog log = new CapturedLog(); TestGateway gateway = gateway(new WarmUp(SHORT, LONG, broken), "").start()) {
            Eventually.holds("the gateway is ready", () -> isReady(gateway));

            assertThat(log.linesWith("warm")).containsExactly("dev.openaigateway: The gateway is not warmed up, so its first requests are slow: no room");
        }
    }

    @Test
    void shouldNotWarmUpIfTheSettingsSayNo() {
        try (TestGateway gateway = gateway(new WarmUp(SHORT, LONG, this::held), "warm_up: false").start();
                TestGateway demo = TestGateway.builder().bean("warmUp", new WarmUp(SHORT, LONG, this::held)).start()) {
            assertThat(isReady(gateway)).isTrue();
            assertThat(isReady(demo)).as("without instances").isTrue();
        }
    }
}
