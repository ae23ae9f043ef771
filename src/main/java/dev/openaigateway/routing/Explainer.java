package dev.openaigateway.routing;

import dev.openaigateway.call.Call;
import dev.openaigateway.config.InstanceSettings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes down for each candidate where it stands, or why it is out. */
final class Explainer {

    private final Explanation explanation;
    private final Call call;
    private final int attempts;
    private final Load load;

    /** @param attempts instances that one request may be tried at */
    Explainer(Explanation explanation, Call call, int attempts, Load load) {
        this.explanation = explanation;
        this.call = call;
        this.attempts = attempts;
        this.load = load;
    }

    void explain(Policy policy, List<Candidate> offered) {
        explanation.decidedBy(policy);
        List<Candidate> ready = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Candidate candidate : offered) {
            if (names.add(candidate.instance().name())) {
                String why = whyOut(candidate.instance());
                if (why == null) {
                    ready.add(candidate);
                } else {
                    explanation.out(candidate, why);
                }
            }
        }
        int position = 1;
        for (Candidate candidate : ready.isEmpty() ? ready : policy.foresee(ready, call.request().model())) {
            String why = order(position) + " (" + policy.why(candidate, ready, call.request().model()) + ")" + bounds(candidate.instance());
            explanation.called(candidate, position++, why);
        }
    }

    private String order(int position) {
        if (position > attempts) {
            return "asked only if of those before it some have no room, for a request is tried at " + attempts + " at most";
        }
        return position == 1 ? "goes first" : "asked if those before it fail";
    }

    /** What may yet rule it out for a request, depending on its prompt. */
    private String bounds(Instance instance) {
        InstanceSettings settings = instance.settings();
        String room = settings.maxTpm() == 0 ? "" : "; " + Math.round((1 - load.share(instance)) * settings.maxTpm())
                + " of its " + settings.maxTpm() + " tokens per minute are left";
        return room + (settings.maxInputTokens() == 0 ? "" : "; takes prompts of up to " + settings.maxInputTokens() + " tokens");
    }

    /** Null for one that would be asked. */
    private String whyOut(Instance instance) {
        InstanceSettings settings = instance.settings();
        if (settings.enabled() && !settings.serves(call.request().model(), call.request().operation().path())) {
            return settings.serves(call.request().model()) ? "does not serve this operation of the model" : "does not serve the model";
        }
        Availability availability = instance.availability();
        return switch (availability.state()) {
            case READY -> null;
            case FAILS_CHECKS -> "fails its health checks";
            case DISABLED -> "disabled in the settings";
            case BENCHED -> "left alone for another " + availability.busyFor().toMillis() + " ms";
            case BREAKER_OPEN -> "its breaker is open for another " + availability.busyFor().toMillis() + " ms";
        };
    }
}
