package dev.openaigateway.routing;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ExchangeSlot;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.call.UpstreamObserver;
import dev.openaigateway.config.InstanceSettings.StreamUsage;
import dev.openaigateway.health.DeploymentHealth;
import dev.openaigateway.openai.AttemptReport;
import dev.openaigateway.routing.outcome.Outcome;
import org.apache.camel.Exchange;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One try at one instance. Gives its {@link HealthReport} at the first content of the response, or when it ends without content.
 * Not thread-safe.
 */
public final class Attempt {

    private static final ExchangeSlot<Attempt> SLOT = new ExchangeSlot<>(Attempt.class);

    private final StageRequest stage;
    private final Call call;
    private ModelRequest request;
    private final Instance instance;
    private final HealthReport health;
    private final Additions additions;
    private final long startedNanos = System.nanoTime();
    private final List<Consumer<Outcome>> endings = new ArrayList<>(1);
    private int further;
    private boolean usageAsked;
    private boolean whole;
    private UpstreamObserver observer;
    private long endedNanos;
    private Outcome outcome;

    /** @param health reports what the attempt says about the instance's health */
    Attempt(StageRequest stage, Instance instance, HealthReport health, Additions additions) {
        this.stage = stage;
        this.call = stage.call();
        this.request = stage.request();
        this.instance = instance;
        this.health = health;
        this.additions = additions;
    }

    /** @throws IllegalStateException if the exchange is not on its way to an instance */
    public static Attempt of(Exchange exchange) {
        return Objects.requireNonNull(find(exchange), "This step works only inside the route of an instance.");
    }

    /** Null if the exchange is not on its way to an instance. */
    public static Attempt find(Exchange exchange) {
        return SLOT.get(exchange);
    }

    void attach(Exchange exchange) {
        SLOT.set(exchange, this);
    }

    static void detach(Exchange exchange) {
        SLOT.set(exchange, null);
    }

    public Call call() {
        return call;
    }

    /** The request as this attempt sends it: the client's, or a copy that asks for the model of a rule. */
    public ModelRequest request() {
        return request;
    }

    /** Lets the instance be called once more before the attempt ends, with a request that continues this one. */
    public void callAgain(ModelRequest next) {
        request = next;
        further++;
    }

    /** How many further calls {@link #callAgain} has asked for. */
    public int furtherCalls() {
        return further;
    }

    public Instance instance() {
        return instance;
    }

    /** Null while the attempt runs. */
    public Outcome outcome() {
        return outcome;
    }

    /** The run time; so far, if the attempt has not ended. */
    public Duration duration() {
        return Duration.ofNanos((outcome == null ? System.nanoTime() : endedNanos) - startedNanos);
    }

    /** What is known of the model at the instance; null for a request about a stored object. */
    public DeploymentHealth deployment() {
        return health.deployment();
    }

    /** Whether the gateway may request the usage of a stream although the client has not. */
    public boolean mayAskForUsage() {
        DeploymentHealth known = health.deployment();
        return additions == Additions.ALLOWED && instance.settings().streamUsage() == StreamUsage.ASK
                && (known == null || !known.isRefusingStreamOptions(instance.routeKey()));
    }

    /** Records that the request for usage was added. */
    public void askedForUsage() {
        usageAsked = true;
    }

    /** Whether the request for usage was added to the client's request. */
    public boolean hasAskedForUsage() {
        return usageAsked;
    }

    /** @param follower notified of the request and the response; replaces an earlier one */
    public void observe(UpstreamObserver follower) {
        observer = follower;
    }

    /** Null if nothing follows the attempt. */
    public UpstreamObserver observer() {
        return observer;
    }

    /** How long this attempt benches its instance; zero if it does not. */
    public Duration benched() {
        return health.benched();
    }

    /** Records that the upstream has sent its whole response, whatever becomes of it. */
    public void received() {
        whole = true;
    }

    /** Whether the upstream bills the attempt, which has ended: also one whose whole response cannot be used, if it reports tokens. */
    public boolean isBilled() {
        return outcome.isBilled() || whole && call.result().usage() != null;
    }

    /** Registers an action for the end of the attempt. Actions run in order, before listeners are notified. */
    public void onEnd(Consumer<Outcome> action) {
        endings.add(action);
    }

    /** Records a success with the breakers: the response is valid so far and its content starts. */
    public void accept() {
        if (!health.isGiven()) {
            call.cancellation().clearDeadline();
            call.result().servedBy(instance.name(), request.model());
            health.succeeded(System.nanoTime() - startedNanos);
            if (additions == Additions.REFUSED && health.deployment() != null) {
                health.deployment().markStreamOptionsRefused(instance.routeKey());
            }
            if (!call.isMirror() && health.deployment() != null) {
                stage.policy().responded(this, stage.offered());
            }
        }
    }

    /** Ends the attempt. Only the first call has an effect. */
    public void end(Outcome result) {
        if (outcome != null) {
            return;
        }
        outcome = result;
        endedNanos = System.nanoTime();
        endings.forEach(ending -> ending.accept(result));
        if (result instanceof Outcome.Succeeded || result instanceof Outcome.Dropped) {
            accept();
        } else if (result instanceof Outcome.Rejected) {
            reject();
        } else if (result instanceof Outcome.Failed failed) {
            health.failed(failed, failed.text(), endedNanos - startedNanos);
        } else if (result instanceof Outcome.BrokenOff) {
            instance.health().recordError(health.deployment(), result.text());
        } else if (result instanceof Outcome.Missing) {
            health.responded(endedNanos - startedNanos);
        } else {
            health.release();
            if (result instanceof Outcome.NoRoom noRoom && noRoom.busyFor() != null) {
                recordNoRoom(noRoom);
            }
        }
        report();
        health.ended(result);
        stage.listener().attemptEnded(this);
    }

    private void recordNoRoom(Outcome.NoRoom noRoom) {
        switch (noRoom.limit()) {
            case TOKENS -> instance.health().room().tokensRefused(noRoom.amount(), noRoom.busyFor());
            case REQUESTS -> instance.health().room().requestRefused(noRoom.busyFor());
            case OF_MODEL -> instance.health().room().refusedForModel(noRoom.busyFor());
        }
    }

    private void reject() {
        if (!health.isGiven()) {
            call.result().servedBy(instance.name(), request.model());
            health.rejected(endedNanos - startedNanos);
        }
    }

    /** A refusal by a step of the instance's route is an error of its own, not an attempt at the instance. */
    private void report() {
        if (outcome instanceof Outcome.Refused) {
            return;
        }
        long millis = (endedNanos - startedNanos) / 1_000_000;
        String asked = request.model();
        String other = asked == null || asked.equals(call.received().requestedModel()) ? null : asked;
        call.result().tried(new AttemptReport(instance.name(), other, outcome.status(), outcome.kind(), outcome.text(), outcome.shown(),
                outcome.isServed(), millis), isBilled());
    }
}
