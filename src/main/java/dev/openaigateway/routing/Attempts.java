package dev.openaigateway.routing;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ClientGoneException;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.call.RequestDigest;
import dev.openaigateway.health.DeploymentHealth;
import dev.openaigateway.health.IfOpen;
import dev.openaigateway.health.Permission;
import dev.openaigateway.routing.outcome.FailureReason;
import dev.openaigateway.routing.outcome.Outcome;
import org.apache.camel.Exchange;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** The attempts of one request for one model, one candidate after the other. Not thread-safe. */
final class Attempts {

    private static final String CLIENT_RETRIES = "x-stainless-retry-count";

    private final Exchange exchange;
    private final StageRequest stage;
    private final Call call;
    private final ModelRequest request;
    private final RequestDigest digest;
    private final StageFailures failures;
    private final int retries;
    private final boolean fallback;
    private final UnattributedFailures unattributed = new UnattributedFailures();
    private int left;

    /**
     * @param failures gets the failed attempts
     * @param retries  maximum number of attempts after the first
     * @param fallback whether other models failed before, so that every attempt is a retry
     */
    Attempts(Exchange exchange, StageRequest stage, StageFailures failures, int retries, boolean fallback) {
        this.exchange = exchange;
        this.stage = stage;
        this.call = stage.call();
        this.request = stage.request();
        this.digest = new RequestDigest(request);
        this.failures = failures;
        this.retries = retries;
        this.fallback = fallback;
        this.left = retries + 1;
    }

    /**
     * Calls the candidates in the order of the policy.
     *
     * @return whether one of them responded
     */
    boolean run(List<Candidate> candidates, IfOpen ifOpen) throws Exception {
        Iterator<Candidate> order = trustedFirst(stage.policy().order(candidates, request.model()));
        while (order.hasNext()) {
            if (left == 0 || call.cancellation().isOverdue()) {
                unattributed.notAsked();
                break;
            }
            Candidate candidate = order.next();
            Outcome outcome = tryOnce(candidate, ifOpen, Additions.ALLOWED);
            if (outcome instanceof Outcome.WithoutAddition) {
                outcome = tryOnce(candidate, ifOpen, Additions.REFUSED);
            }
            if (outcome == null) {
                continue;
            }
            throwIfEnded(outcome);
            if (outcome.isServed()) {
                return true;
            }
            failures.causes().failed(outcome, candidate.instance().name(), request.model());
            if (outcome instanceof Outcome.Rejected) {
                break;
            }
        }
        return false;
    }

    /** Whether an instance was called. */
    boolean anyMade() {
        return left <= retries;
    }

    /** Reports the failures that are still unattributed. */
    void close() {
        unattributed.close();
    }

    /** Puts candidates that keep what the request refers to first, and those that may fail for such a request last. */
    private Iterator<Candidate> trustedFirst(List<Candidate> order) {
        return request.placement() == null ? new TrustedFirst(order, this::isDoubtful)
                : order.stream().sorted(Comparator.comparing(this::isNoKeeper).thenComparing(this::isDoubtful)).iterator();
    }

    private boolean isNoKeeper(Candidate candidate) {
        return !request.placement().instances().contains(candidate.instance().name());
    }

    private boolean isDoubtful(Candidate candidate) {
        DeploymentHealth known = candidate.instance().deployment(request.model());
        return known != null && known.isDoubtful(digest);
    }

    /** Null if the candidate was not called. */
    private Outcome tryOnce(Candidate candidate, IfOpen ifOpen, Additions additions) throws Exception {
        Instance instance = candidate.instance();
        DeploymentHealth deployment = instance.deployment(request);
        boolean retry = fallback || left <= retries;
        if (retry && deployment != null && !deployment.allowsRetry(digest.getAsLong())) {
            unattributed.notVerified();
            failures.causes().heldBack();
            return null;
        }
        Permission permission = instance.health().tryAcquire(deployment, ifOpen, retry || isClientRetry());
        if (permission == null) {
            failures.heldBackByBreaker(candidate);
            return null;
        }
        if (deployment != null && deployment.isTested() && hasFailedElsewhere(candidate)) {
            permission.suspectRequest();
        }
        Attempt attempt = new Attempt(stage, instance, new HealthReport(instance, deployment, digest, permission, unattributed), additions);
        Outcome outcome = attempt(attempt, candidate);
        left -= isUncounted(outcome) ? 0 : 1;
        return outcome;
    }

    private boolean hasFailedElsewhere(Candidate candidate) {
        return stage.offered().stream().filter(other -> other.instance() != candidate.instance()).map(other -> other.instance().deployment(request.model()))
                .anyMatch(other -> other != null && other.hasFailedFor(digest));
    }

    /** Whether the attempt uses no retry, because the instance has not tried to serve the request. */
    private static boolean isUncounted(Outcome outcome) {
        return outcome instanceof Outcome.NoRoom || outcome instanceof Outcome.WithoutAddition || outcome instanceof Outcome.Missing;
    }

    /** Whether the client's SDK repeats a request that failed before. */
    private boolean isClientRetry() {
        Object count = exchange.getMessage().getHeader(CLIENT_RETRIES);
        return count != null && !count.equals("0");
    }

    private Outcome attempt(Attempt attempt, Candidate candidate) throws Exception {
        attempt.attach(exchange);
        call.result().trying();
        candidate.instance().entered();
        if (!call.isMirror()) {
            stage.listener().attemptStarted(attempt);
        }
        try {
            candidate.endpoint().process(exchange);
        } finally {
            candidate.instance().left();
            Attempt.detach(exchange);
            attempt.end(new Outcome.Failed(FailureReason.BROKEN, ""));
        }
        return attempt.outcome();
    }

    /** Some outcomes end the request itself, without a response of an instance. */
    private static void throwIfEnded(Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) {
            throw refused.error();
        }
        if (outcome instanceof Outcome.Dropped dropped) {
            throw dropped.error();
        }
        if (outcome instanceof Outcome.Abandoned) {
            throw new ClientGoneException();
        }
    }
}
