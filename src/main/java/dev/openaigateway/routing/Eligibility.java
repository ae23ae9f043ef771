package dev.openaigateway.routing;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.Errors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Selects the candidates that can serve a request. Thread-safe. */
final class Eligibility {

    private final PromptLength promptLength;

    Eligibility(PromptLength promptLength) {
        this.promptLength = promptLength;
    }

    /**
     * The candidates that serve the model, accept the length of the prompt and are available.
     *
     * @param request       the request as the stage sends it
     * @param benchPerModel whether a bench that another model earned is ignored
     * @param failures      gets the reasons why candidates are missing
     */
    List<Candidate> select(List<Candidate> offered, ModelRequest request, Call call, boolean benchPerModel, FailureSummary failures) {
        List<Candidate> serving = serving(offered, request);
        if (serving.isEmpty()) {
            failures.unserved(unserved(offered, request), offered.stream().anyMatch(candidate -> serves(candidate, request)));
            return serving;
        }
        List<Candidate> acceptingLength = acceptingLength(serving, request, call, failures);
        List<Candidate> ready = new ArrayList<>(acceptingLength.size());
        for (Candidate candidate : acceptingLength) {
            Availability availability = benchPerModel
                    ? candidate.instance().availability(request.model()) : candidate.instance().availability();
            if (availability.ready()) {
                ready.add(candidate);
            } else {
                failures.skipped(availability);
            }
        }
        return ready;
    }

    /** Filters by model and operation. If a rule offers an instance twice, the first offer counts. */
    static List<Candidate> serving(List<Candidate> offered, ModelRequest request) {
        List<Candidate> serving = new ArrayList<>(offered.size());
        Set<String> names = new HashSet<>();
        for (Candidate candidate : offered) {
            InstanceSettings settings = candidate.instance().settings();
            if (settings.enabled() && serves(candidate, request) && names.add(settings.name())) {
                if (settings.name().equals(request.pinnedTo())) {
                    return List.of(candidate);
                }
                serving.add(candidate);
            }
        }
        return serving;
    }

    private static boolean serves(Candidate candidate, ModelRequest request) {
        return request.model().isEmpty() || candidate.instance().settings().serves(request.model(), request.operation().path());
    }

    private static ApiError unserved(List<Candidate> offered, ModelRequest request) {
        List<String> models = ServedModels.by(offered);
        return models.contains(request.model())
                ? Errors.notForOperation(request.model(), request.operation().path()) : Errors.modelNotFound(request.model(), models);
    }

    /** Filters by prompt length. The prompt is counted with each instance's tokenizer, and only for instances with a limit. */
    private List<Candidate> acceptingLength(List<Candidate> serving, ModelRequest request, Call call, FailureSummary failures) {
        if (serving.stream().noneMatch(candidate -> candidate.instance().settings().maxInputTokens() > 0)) {
            return serving;
        }
        List<Candidate> accepting = serving.stream().filter(candidate -> acceptsLength(candidate, request, call)).toList();
        if (accepting.isEmpty()) {
            InstanceSettings longest = serving.stream().map(candidate -> candidate.instance().settings())
                    .max(Comparator.comparingLong(InstanceSettings::maxInputTokens)).orElseThrow();
            failures.tooLong(Errors.contextLength(
                    longest.maxInputTokens(), promptLength.tokens(call, request.model(), longest.tokenizer())));
        }
        return accepting;
    }

    private boolean acceptsLength(Candidate candidate, ModelRequest request, Call call) {
        InstanceSettings settings = candidate.instance().settings();
        return settings.maxInputTokens() == 0
                || promptLength.tokens(call, request.model(), settings.tokenizer()) <= settings.maxInputTokens();
    }
}
