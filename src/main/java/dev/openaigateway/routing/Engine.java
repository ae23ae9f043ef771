package dev.openaigateway.routing;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ClientGoneException;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.request.RequestChanges;
import org.apache.camel.Exchange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tries candidates one after the other, each at most once. Stops at the first response, at an error that every instance would
 * return, when the attempts are used up, or at the deadline. Blocks until the response has been relayed. Thread-safe.
 */
public final class Engine {

    private final LiveSettings settings;
    private final CallListener listener;
    private final PromptLength promptLength;
    private final Load load;

    public Engine(LiveSettings settings, CallListener listener, PromptLength promptLength, Load load) {
        this.settings = settings;
        this.listener = listener;
        this.promptLength = promptLength;
        this.load = load;
    }

    /**
     * @param offered the candidates of the rule, at least one
     * @throws ApiException           if all attempts failed, or a step of an instance's route refused the request
     * @throws UpstreamErrorException if an instance refused the request with an error that the client must see
     * @throws ClientGoneException    if the client left before the response was complete
     */
    public void run(Exchange exchange, Policy policy, List<Candidate> offered) throws Exception {
        Call call = Call.of(exchange).on(exchange);
        Explanation explanation = Explanation.find(exchange);
        if (explanation == null) {
            call(exchange, call, policy, offered);
        } else if (!call.isMirror()) {
            RequestChanges.apply(exchange, call);
            new Explainer(explanation, call, settings.get().routing().retries() + 1, load).explain(policy, offered);
        }
    }

    private void call(Exchange exchange, Call call, Policy policy, List<Candidate> offered) throws Exception {
        try {
            run(exchange, call, policy, offered);
        } finally {
            if (call.isMirror()) {
                call.complete();
            }
        }
    }

    private void run(Exchange exchange, Call call, Policy policy, List<Candidate> offered) throws Exception {
        RequestChanges.apply(exchange, call);
        FailureSummary failureSummary = new FailureSummary();
        List<Candidate> ready = ready(acceptingLength(serving(offered, call), call), failureSummary);
        if (!ready.isEmpty()) {
            int retries = settings.get().routing().retries();
            int left = retries + 1;
            for (Candidate candidate : policy.order(ready, call.request().model())) {
                if (left == 0 || call.cancellation().isOverdue()) {
                    break;
                }
                Health health = candidate.instance().health();
                boolean retry = left <= retries;
                if (retry && !health.retryBudget().allows() || !health.tryAcquire()) {
                    failureSummary.skipped(candidate.instance().availability());
                    continue;
                }
                Outcome outcome = attempt(exchange, call, candidate);
                if (isFinal(outcome)) {
                    return;
                }
                failureSummary.failed(outcome);
                if (retry && outcome instanceof Outcome.Failed failed && failed.reason().countsForBreaker()) {
                    health.retryBudget().failed();
                }
                left -= outcome instanceof Outcome.NoRoom ? 0 : 1;
            }
        }
        call.result().exhausted();
        throw failureSummary.error(call);
    }

    /** Filters by model and operation. If a rule offers an instance twice, the first offer counts. */
    private static List<Candidate> serving(List<Candidate> offered, Call call) {
        List<Candidate> serving = new ArrayList<>(offered.size());
        Set<String> names = new HashSet<>();
        for (Candidate candidate : offered) {
            InstanceSettings settings = candidate.instance().settings();
            boolean serves = call.request().model().isEmpty() || settings.serves(call.request().model(), call.request().operation().path());
            if (settings.enabled() && serves && names.add(settings.name())) {
                if (settings.name().equals(call.request().pinnedTo())) {
                    return List.of(candidate);
                }
                serving.add(candidate);
            }
        }
        if (serving.isEmpty()) {
            throw new ApiException(unserved(offered, call));
        }
        return serving;
    }

    private static ApiError unserved(List<Candidate> offered, Call call) {
        List<String> models = ServedModels.by(offered);
        return models.contains(call.request().model())
                ? Errors.notForOperation(call.request().model(), call.request().operation().path()) : Errors.modelNotFound(call.request().model(), models);
    }

    /** Filters by prompt length. The prompt is counted with each instance's tokenizer, and only for instances with a limit. */
    private List<Candidate> acceptingLength(List<Candidate> serving, Call call) {
        if (serving.stream().noneMatch(candidate -> candidate.instance().settings().maxInputTokens() > 0)) {
            return serving;
        }
        List<Candidate> acceptingLength = serving.stream().filter(candidate -> acceptsLength(candidate, call)).toList();
        if (acceptingLength.isEmpty()) {
            InstanceSettings longest = serving.stream().map(candidate -> candidate.instance().settings())
                    .max(Comparator.comparingLong(InstanceSettings::maxInputTokens)).orElseThrow();
            throw new ApiException(Errors.contextLength(
                    longest.maxInputTokens(), promptLength.tokens(call, longest.tokenizer())));
        }
        return acceptingLength;
    }

    private boolean acceptsLength(Candidate candidate, Call call) {
        InstanceSettings settings = candidate.instance().settings();
        return settings.maxInputTokens() == 0
                || promptLength.tokens(call, settings.tokenizer()) <= settings.maxInputTokens();
    }

    private static List<Candidate> ready(List<Candidate> serving, FailureSummary failureSummary) {
        List<Candidate> ready = new ArrayList<>(serving.size());
        for (Candidate candidate : serving) {
            Availability availability = candidate.instance().availability();
            if (availability.ready()) {
                ready.add(candidate);
            } else {
                failureSummary.skipped(availability);
            }
        }
        return ready;
    }

    private Outcome attempt(Exchange exchange, Call call, Candidate candidate) throws Exception {
        Instance instance = candidate.instance();
        Attempt attempt = new Attempt(call, instance, listener);
        attempt.attach(exchange);
        instance.entered();
        if (!call.isMirror()) {
            listener.attemptStarted(attempt);
        }
        try {
            candidate.endpoint().process(exchange);
        } finally {
            instance.left();
            Attempt.detach(exchange);
            attempt.end(new Outcome.Failed(FailureReason.BROKEN, ""));
        }
        return attempt.outcome();
    }

    private static boolean isFinal(Outcome outcome) {
        if (outcome instanceof Outcome.Rejected rejected) {
            throw new UpstreamErrorException(rejected.status(), rejected.body());
        }
        if (outcome instanceof Outcome.Refused refused) {
            throw refused.error();
        }
        if (outcome instanceof Outcome.Abandoned) {
            throw new ClientGoneException();
        }
        return outcome instanceof Outcome.Succeeded || outcome instanceof Outcome.BrokenOff;
    }
}
