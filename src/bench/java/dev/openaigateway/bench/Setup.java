package dev.openaigateway.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The processes that run during the whole benchmark, and the load generator's single event loop. */
final class Setup implements AutoCloseable {

    private static final int FIRST_REQUESTS = 500;

    private final Plan plan;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final List<Part> running = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    private int upstreamPort;

    private Setup(Plan plan) {
        this.plan = plan;
    }

    static Setup start(Plan plan) throws InterruptedException {
        Setup setup = new Setup(plan);
        try {
            setup.startAll();
            return setup;
        } catch (BrokenRunException | InterruptedException e) {
            setup.close();
            throw e;
        }
    }

    private void startAll() throws InterruptedException {
        upstreamPort = keep(ChildJvm.start(BenchUpstream.class)).port();
        targets.add(new Target(Target.DIRECT, upstreamPort));
        warmUpstream();
        ChildJvm proxy = keep(ChildJvm.start(BareProxy.class,
                Integer.toString(FreePort.find()), Integer.toString(upstreamPort)));
        targets.add(new Target(Target.PROXY, proxy.port()));
        Optional<NginxProcess> nginx = NginxProcess.start(upstreamPort);
        nginx.ifPresent(one -> targets.add(keep(one).target()));
        for (String build : GatewayUnderTest.builds()) {
            targets.add(keep(GatewayUnderTest.start(build, unlimited())).target());
        }
    }

    /** So that the start of a gateway does not include the first requests of this JVM and of the upstream. */
    private void warmUpstream() {
        ReadinessProbe probe = new ReadinessProbe(upstreamPort);
        for (int i = 0; i < FIRST_REQUESTS; i++) {
            probe.send();
        }
    }

    private <T extends Part> T keep(T started) {
        running.add(started);
        return started;
    }

    /** The columns of the table; the gateway is the last. */
    List<Target> targets() {
        return List.copyOf(targets);
    }

    int indexOf(String name) {
        return targets.stream().map(Target::name).toList().indexOf(name);
    }

    /** nginx, or the bare proxy where nginx is not installed. */
    Target baseline() {
        return targets.get(Math.max(indexOf(Target.NGINX), indexOf(Target.PROXY)));
    }

    Plan plan() {
        return plan;
    }

    int upstreamPort() {
        return upstreamPort;
    }

    GatewaySettings unlimited() {
        return GatewaySettings.unlimited(upstreamPort);
    }

    /** @param rateLimit the mapping of {@code rate_limit} in the settings */
    GatewaySettings limited(String rateLimit) {
        return new GatewaySettings(upstreamPort, rateLimit, 0);
    }

    GatewaySettings limitedEverywhere() {
        return GatewaySettings.limitedEverywhere(upstreamPort, "");
    }

    /** @param redisUrl where the windows are */
    GatewaySettings limitedEverywhere(String redisUrl) {
        return GatewaySettings.limitedEverywhere(upstreamPort, redisUrl);
    }

    /** The gateway that runs during the whole benchmark, without token limits. */
    Target gateway() {
        return targets.get(targets.size() - 1);
    }

    RequestLoad requests(int connections) {
        return new RequestLoad(vertx, connections);
    }

    SteadyLoad steady(int perSecond, Duration time, Duration warmUp) {
        return steady(Buffer.buffer(Chat.request()), perSecond, time, warmUp);
    }

    SteadyLoad steady(Buffer body, int perSecond, Duration time, Duration warmUp) {
        return new SteadyLoad(vertx, body, perSecond, time, warmUp);
    }

    StreamLoad streams() {
        return new StreamLoad(vertx);
    }

    @Override
    public void close() {
        running.forEach(Part::close);
        vertx.close();
    }
}
