package dev.openaigateway.routing;

import dev.openaigateway.call.Call;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.routing.Explanation.Row;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds the position of each candidate, or the reason why it is excluded. */
final class Explainer {

    private final Call call;
    private final int attempts;
    private final Load load;

    /** @param attempts the most attempts of one request */
    Explainer(Call call, int attempts, Load load) {
        this.call = call;
        this.attempts = attempts;
        this.load = load;
    }

    /** The excluded candidates first, then the others in the order of calls. */
    List<Row> explain(Policy policy, List<Candidate> offered) {
        List<Row> rows = new ArrayList<>();
        List<Candidate> ready = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Candidate candidate : offered) {
            if (names.add(candidate.instance().name())) {
                String reason = exclusion(candidate.instance());
                if (reason == null) {
                    ready.add(candidate);
                } else {
                    rows.add(row(candidate, null, reason));
                }
            }
        }
        int position = 1;
        for (Candidate candidate : ready.isEmpty() ? ready : policy.preview(ready, call.request().model())) {
            String reason = order(position) + " (" + policy.reason(candidate, ready, call.request().model()) + ")"
                    + limits(candidate.instance());
            rows.add(row(candidate, position++, reason));
        }
        return rows;
    }

    private static Row row(Candidate candidate, Integer position, String reason) {
        return new Row(candidate.instance().name(), position, candidate.priority(), candidate.weight(), reason);
    }

    private String order(int position) {
        if (position > attempts) {
            return "called only if one before it has no room, since attempts are limited to " + attempts;
        }
        return position == 1 ? "goes first" : "called if those before it fail";
    }

    /** The limits that can still exclude the instance, depending on the prompt. */
    private String limits(Instance instance) {
        InstanceSettings settings = instance.settings();
        String room = settings.maxTpm() == 0 ? "" : "; " + Math.round((1 - load.share(instance)) * settings.maxTpm())
                + " of its " + settings.maxTpm() + " tokens per minute are left";
        return room + (settings.maxInputTokens() == 0 ? "" : "; accepts prompts of up to " + settings.maxInputTokens() + " tokens");
    }

    /** Null if the instance would be called. */
    private String exclusion(Instance instance) {
        InstanceSettings settings = instance.settings();
        if (settings.enabled() && !settings.serves(call.request().model(), call.request().operation().path())) {
            return settings.serves(call.request().model()) ? "does not serve this operation of the model" : "does not serve the model";
        }
        Availability availability = instance.availability();
        return switch (availability.state()) {
            case READY -> null;
            case FAILS_CHECKS -> "fails its health checks";
            case DISABLED -> "disabled in the settings";
            case BENCHED -> "benched for another " + availability.busyFor().toMillis() + " ms";
            case BREAKER_OPEN -> "its breaker is open for another " + availability.busyFor().toMillis() + " ms";
        };
    }
}
