package dev.openaigateway.routing;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.ModelCatalogue;
import dev.openaigateway.explain.Explanation.Row;
import dev.openaigateway.fallback.FallbackTrigger;
import dev.openaigateway.health.Availability;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the position of each candidate, or the reason why it is excluded. */
final class Explainer {

    private final Call call;
    private final int attempts;
    private final Load load;
    private final ModelCatalogue catalogue;
    private final List<Row> rows = new ArrayList<>();
    private int position;

    /** @param attempts maximum number of attempts of one request */
    Explainer(Call call, int attempts, Load load, ModelCatalogue catalogue) {
        this.call = call;
        this.attempts = attempts;
        this.load = load;
        this.catalogue = catalogue;
    }

    /** The excluded candidates of each stage first, then the others in the order of calls. */
    List<Row> explain(Policy policy, List<Stage> stages) {
        for (int i = 0; i < stages.size(); i++) {
            String model = stages.get(i).model();
            ModelRequest request = model == null ? call.request() : call.request().withModel(catalogue.target(model));
            explain(policy, stages.get(i), request, i > 0, stages.size() == 1);
        }
        return rows;
    }

    private void explain(Policy policy, Stage stage, ModelRequest request, boolean fallback, boolean isOnly) {
        List<Candidate> ready = new ArrayList<>();
        Map<Candidate, String> open = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (Candidate candidate : stage.candidates()) {
            if (names.add(candidate.instance().name())) {
                String reason = exclusion(candidate.instance(), request);
                if (reason == null) {
                    ready.add(candidate);
                } else if (isOpen(candidate.instance(), request)) {
                    open.put(candidate, reason);
                } else {
                    rows.add(row(candidate, stage, null, reason));
                }
            }
        }
        if (ready.isEmpty() && isOnly) {
            List<Candidate> asked = List.copyOf(open.keySet());
            place(policy, stage, request, fallback, asked, candidate -> open.get(candidate) + "; as no other is left, it ");
        } else {
            open.forEach((candidate, reason) -> rows.add(row(candidate, stage, null, reason)));
            place(policy, stage, request, fallback, ready, candidate -> "");
        }
    }

    /** @param before gives the text before the reason for a position */
    private void place(Policy policy, Stage stage, ModelRequest request, boolean fallback, List<Candidate> asked, Function<Candidate, String> before) {
        int placed = 0;
        for (Candidate candidate : asked.isEmpty() ? asked : policy.preview(asked, request.model())) {
            placed++;
            String reason = before.apply(candidate) + (fallback ? fallback(stage, placed) : order(placed))
                    + " (" + policy.reason(candidate, asked, request.model()) + ")"
                    + limits(candidate.instance(), stage.model() == null ? request.requestedModel() : stage.model());
            rows.add(row(candidate, stage, ++position, reason));
        }
    }

    private static boolean isOpen(Instance instance, ModelRequest request) {
        return instance.settings().serves(request.model(), request.operation().path())
                && instance.availability(request).state() == Availability.State.BREAKER_OPEN;
    }

    private static Row row(Candidate candidate, Stage stage, Integer position, String reason) {
        return new Row(candidate.instance().name(), stage.model(), position, candidate.priority(), candidate.weight(), reason);
    }

    private String fallback(Stage stage, int placed) {
        String when = stage.when().stream().map(FallbackTrigger::label).sorted().collect(Collectors.joining(" or "));
        return "fallback" + (stage.model() == null ? "" : " to " + stage.model()) + " after " + when + ": " + order(placed);
    }

    private String order(int position) {
        if (position > attempts) {
            return "called only if one before it has no room, since attempts are limited to " + attempts;
        }
        return position == 1 ? "goes first" : "called if those before it fail";
    }

    /** The limits that can still exclude the instance, depending on the prompt. */
    private String limits(Instance instance, String name) {
        InstanceSettings settings = instance.settings();
        String room = load.room(instance, catalogue.target(name));
        long longest = catalogue.maxInputTokens(name, settings);
        return room + (longest == 0 ? "" : "; accepts prompts of up to " + longest + " tokens");
    }

    /** Null if the instance would be called. */
    private String exclusion(Instance instance, ModelRequest request) {
        InstanceSettings settings = instance.settings();
        if (settings.enabled() && !settings.serves(request.model(), request.operation().path())) {
            return settings.serves(request.model()) ? "does not serve this operation of the model" : "does not serve the model";
        }
        Availability own = instance.availability();
        Availability availability = own.ready() ? instance.availability(request) : own;
        return availability.reason(own.ready() ? "" : ", for all models");
    }
}
