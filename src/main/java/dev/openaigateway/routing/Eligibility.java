package dev.openaigateway.routing;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.call.Placement;
import dev.openaigateway.call.PromptLength;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.LiveSettings.Derived;
import dev.openaigateway.config.ModelCatalogue;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.ClientPaths;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.body.PassedRequest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Selects the candidates that can serve a request. Thread-safe. */
final class Eligibility {

    private final PromptLength promptLength;
    private final Derived<ModelCatalogue> catalogue;

    Eligibility(PromptLength promptLength, Derived<ModelCatalogue> catalogue) {
        this.promptLength = promptLength;
        this.catalogue = catalogue;
    }

    /**
     * The candidates that serve the model, accept the length of the prompt and are available.
     *
     * @param request  the request as the stage sends it
     * @param name     the public name of the model, whose limit applies
     * @param failures gets the reasons why candidates are missing
     */
    List<Candidate> select(Offer offer, ModelRequest request, String name, Call call, StageFailures failures) {
        List<Candidate> offered = offer.candidates();
        CandidateLook look = offer.look(request);
        List<Candidate> serving = look.serving();
        if (serving.isEmpty()) {
            failures.causes().unserved(unserved(offered, request), offered.stream().anyMatch(candidate -> serves(candidate, request)));
            return serving;
        }
        List<Candidate> acceptingLength = acceptingLength(serving, request, name, call, failures);
        CandidateLook accepting = acceptingLength == serving ? look : CandidateLook.at(acceptingLength, request);
        accepting.missing().forEach(failures::skipped);
        return accepting.available();
    }

    /**
     * Filters by model and operation. If a rule offers an instance twice, the first offer counts. If only certain instances can
     * serve the request, the others are left out, unless none of those is offered.
     */
    static List<Candidate> serving(List<Candidate> offered, ModelRequest request) {
        List<Candidate> all = servingModel(offered, request);
        Placement placement = request.placement();
        if (placement == null || !placement.isOnly()) {
            return all;
        }
        List<Candidate> only = all.stream().filter(candidate -> placement.instances().contains(candidate.instance().name())).toList();
        return only.isEmpty() ? all : only;
    }

    private static List<Candidate> servingModel(List<Candidate> offered, ModelRequest request) {
        List<Candidate> serving = new ArrayList<>(offered.size());
        Set<String> names = new HashSet<>(2 * offered.size());
        for (Candidate candidate : offered) {
            InstanceSettings settings = candidate.instance().settings();
            if (settings.enabled() && serves(candidate, request) && names.add(settings.name())) {
                serving.add(candidate);
            }
        }
        return List.copyOf(serving);
    }

    private static boolean serves(Candidate candidate, ModelRequest request) {
        if (request.body() instanceof PassedRequest passed) {
            return candidate.instance().settings().passes(passed.path()) || isKeptBy(candidate, request.placement());
        }
        if (request.model().isEmpty()) {
            return request.isBilledBefore() || candidate.instance().settings().servesAnyModel();
        }
        return candidate.instance().settings().serves(request.model(), request.operation().path());
    }

    private static boolean isKeptBy(Candidate candidate, Placement placement) {
        return placement != null && placement.isOnly() && placement.instances().contains(candidate.instance().name());
    }

    private ApiError unserved(List<Candidate> offered, ModelRequest request) {
        if (request.body() instanceof PassedRequest passed) {
            return Errors.unknownUrl(passed.method(), ClientPaths.OPENAI + passed.path());
        }
        List<InstanceSettings> instances = offered.stream().map(candidate -> candidate.instance().settings()).toList();
        return instances.stream().anyMatch(instance -> instance.enabled() && instance.models().contains(request.model()))
                ? Errors.notForOperation(request.requestedModel(), request.operation().path())
                : Errors.modelNotFound(request.requestedModel(), catalogue.get().listed(instances));
    }

    /** Filters by prompt length. The prompt is counted with each instance's tokenizer, and only for instances with a limit. */
    private List<Candidate> acceptingLength(
            List<Candidate> serving, ModelRequest request, String name, Call call, StageFailures failures) {
        ModelCatalogue names = catalogue.get();
        if (serving.stream().noneMatch(candidate -> limit(candidate, name, names) > 0)) {
            return serving;
        }
        List<Candidate> accepting = serving.stream().filter(candidate -> {
            long limit = limit(candidate, name, names);
            return limit == 0 || length(candidate, request, call) <= limit;
        }).toList();
        if (accepting.isEmpty()) {
            Candidate longest = serving.stream().max(Comparator.comparingLong(candidate -> limit(candidate, name, names))).orElseThrow();
            failures.causes().tooLong(Errors.contextLength(limit(longest, name, names), length(longest, request, call)));
        }
        return accepting;
    }

    private static long limit(Candidate candidate, String name, ModelCatalogue names) {
        return names.maxInputTokens(name, candidate.instance().settings());
    }

    private long length(Candidate candidate, ModelRequest request, Call call) {
        return promptLength.tokens(call, request.model(), candidate.instance().settings().tokenizer());
    }
}
