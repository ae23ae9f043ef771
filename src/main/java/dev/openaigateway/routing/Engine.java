package dev.openaigateway.routing;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ClientGoneException;
import dev.openaigateway.call.Grant;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.call.Placement;
import dev.openaigateway.call.PromptLength;
import dev.openaigateway.call.UpstreamErrorException;
import dev.openaigateway.config.LiveSettings.Derived;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.ModelCatalogue;
import dev.openaigateway.explain.Explanation;
import dev.openaigateway.explain.RuleNames;
import dev.openaigateway.fallback.BudgetFallbacks;
import dev.openaigateway.fallback.ClientLimits;
import dev.openaigateway.fallback.FallbackSwitch;
import dev.openaigateway.fallback.FallbackTrigger;
import dev.openaigateway.health.IfOpen;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.request.RequestChanges;
import dev.openaigateway.routing.outcome.ClientError;
import dev.openaigateway.routing.outcome.Failures;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Tries candidates one after the other, each at most once for a model. Stops at the first response, at an error that every
 * instance would return, when the attempts are used up, or at the deadline. Then goes on with the next model that the rule
 * falls back to, if there is one. Blocks until the response has been relayed. Thread-safe.
 */
public final class Engine {

    /**
     * After {@code FIRST} other stages may follow. In {@code FALLBACK} every attempt is a retry. In {@code LAST_RESORT} instances are
     * called although their breaker is open. A rule without fallbacks runs its only stage as {@code LAST_RESORT}, so that an open breaker may be
     * probed at once.
     */
    private enum Turn { FIRST, FALLBACK, LAST_RESORT }

    private final LiveSettings settings;
    private final CallListener listener;
    private final Eligibility eligibility;
    private final Derived<ModelCatalogue> catalogue;
    private final UnaryOperator<String> names;
    private final Load load;
    private final RuleNames ruleNames;
    private final ClientLimits clientLimits;
    private final BudgetFallbacks budgetFallbacks = new BudgetFallbacks();

    public Engine(LiveSettings settings, CallListener listener, PromptLength promptLength, Load load, RuleNames ruleNames,
                  ClientLimits clientLimits) {
        this.settings = settings;
        this.listener = listener;
        this.catalogue = settings.derive(now -> new ModelCatalogue(now.models()));
        this.names = name -> catalogue.get().target(name);
        this.eligibility = new Eligibility(promptLength, catalogue);
        this.load = load;
        this.ruleNames = ruleNames;
        this.clientLimits = clientLimits;
    }

    public BudgetFallbacks budgetFallbacks() {
        return budgetFallbacks;
    }

    /**
     * Does nothing if an instance has served the request before and the rule has not put a request into the message again.
     *
     * @param stages the candidates of the rule, by model; at least one stage
     * @throws ApiException           if all attempts failed, or a step of an instance's route refused the request
     * @throws UpstreamErrorException if an instance refused the request with an error that the client must see
     * @throws ClientGoneException    if the client left before the response was complete
     */
    public void serve(Exchange exchange, Policy policy, List<Stage> stages) throws Exception {
        Call call = Call.require(exchange).orMirror(exchange);
        Explanation explanation = Explanation.find(exchange);
        if (explanation == null) {
            if (!RequestChanges.isServed(exchange, call)) {
                serveOnce(exchange, call, policy.forRequest(exchange), stages);
            }
        } else {
            call.result().ruledBy(ruleNames.of(exchange));
            change(exchange, call, explanation);
            explain(call, explanation, policy.forRequest(exchange), stages, exchange.getProperty(ExchangePropertyKey.TRY_ROUTE_BLOCK, false, boolean.class));
        }
    }

    /** A step whose response a dry run does not know leaves no body. */
    private void change(Exchange exchange, Call call, Explanation explanation) {
        if (exchange.getMessage().getBody() != null) {
            try {
                RequestChanges.apply(exchange, call, names);
            } catch (ApiException e) {
                explanation.note(e.getMessage());
            }
        }
    }

    private void explain(Call call, Explanation explanation, Policy policy, List<Stage> stages, boolean isTried) {
        List<Explanation.Row> rows = new Explainer(call, settings.get().routing().retries() + 1, load, catalogue.get()).explain(policy, stages);
        if (call.isMirror()) {
            explanation.mirrored(policy.name(), rows);
        } else {
            explanation.selected(policy.name(), rows, isTried);
        }
    }

    private void serveOnce(Exchange exchange, Call call, Policy policy, List<Stage> stages) throws Exception {
        call.result().ruledBy(ruleNames.of(exchange));
        try {
            tryStages(exchange, call, policy, stages);
        } finally {
            if (call.isMirror()) {
                call.complete();
            }
        }
    }

    /** If no model responds, the client gets the error of the first. */
    private void tryStages(Exchange exchange, Call call, Policy policy, List<Stage> stages) throws Exception {
        RequestChanges.apply(exchange, call, names);
        boolean single = stages.size() == 1;
        boolean fallbacks = !single && !call.request().isBilledBefore() && FallbackSwitch.isOn(exchange);
        Stage firstStage = single ? stages.get(0) : first(stages, call);
        Grant.Refusal refusal = call.refusal();
        StageFailures first = refusal == null ? tryStage(exchange, call, policy, firstStage, fallbacks ? Turn.FIRST : Turn.LAST_RESORT)
                : new StageFailures(Failures.refused(refusal.error(), refusal.isOverBudget()));
        if (first == null) {
            return;
        }
        if (fallbacks) {
            Set<FallbackTrigger> failures = first.causes().triggers();
            for (Stage stage : stages) {
                if (stage != firstStage && stage.isTriedAfter(failures) && !call.cancellation().isOverdue()) {
                    StageFailures failed = tryStage(exchange, call, policy, stage, Turn.FALLBACK);
                    if (failed == null) {
                        return;
                    }
                    failures.addAll(failed.causes().triggers());
                }
            }
            first = first.isUntried() ? tryStage(exchange, call, policy, firstStage, Turn.LAST_RESORT) : first;
        }
        if (first != null) {
            throw ClientError.conclude(first.causes(), call);
        }
    }

    /** A request about a stored object goes to the stage that offers the instance that stores it. */
    private Stage first(List<Stage> stages, Call call) {
        Placement placement = call.request().placement();
        return placement == null || !placement.isOnly() ? stages.get(0) : stages.stream()
                .filter(stage -> Eligibility.serving(stage.candidates(), request(call, stage)).stream()
                        .anyMatch(candidate -> placement.instances().contains(candidate.instance().name())))
                .findFirst().orElse(stages.get(0));
    }

    /** A stored object whose model is unknown is looked up on every instance. */
    private ModelRequest request(Call call, Stage stage) {
        ModelRequest request = call.request();
        return stage.model() == null || request.model().isEmpty() ? request : request.withModel(catalogue.get().target(stage.model()));
    }

    /** Returns null after a response. */
    private StageFailures tryStage(Exchange exchange, Call call, Policy policy, Stage stage, Turn turn) throws Exception {
        StageFailures failures = new StageFailures(new Failures());
        ModelRequest request = request(call, stage);
        if (turn == Turn.FALLBACK && !clientLimits.begin(call, request.model(), stage.when().contains(FallbackTrigger.BUDGET))) {
            failures.causes().overBudget();
            return failures;
        }
        String name = stage.model() == null ? request.requestedModel() : stage.model();
        Attempts attempts = new Attempts(exchange, new StageRequest(call, request, policy, stage.candidates(), listener), failures,
                settings.get().routing().retries(), turn == Turn.FALLBACK);
        try {
            List<Candidate> ready = eligibility.select(stage.offer(), request, name, call, failures);
            boolean served = !ready.isEmpty() && attempts.run(ready, IfOpen.REFUSE)
                    || turn == Turn.LAST_RESORT && !attempts.anyMade() && failures.hasOpen() && attempts.run(failures.takeOpen(), IfOpen.PROBE);
            return served ? null : failures;
        } finally {
            attempts.close();
            clientLimits.end(call);
        }
    }
}
