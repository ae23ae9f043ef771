package dev.openaigateway.routing;

import dev.openaigateway.api.Call;
import dev.openaigateway.config.InstanceSettings;

import java.util.ArrayList;
import java.util.List;

/** Writes down for each candidate where it stands, or why it is out. */
final class Explainer {

    private final Explanation explanation;
    private final Call call;

    Explainer(Explanation explanation, Call call) {
        this.explanation = explanation;
        this.call = call;
    }

    void explain(Policy policy, List<Candidate> offered) {
        explanation.decidedBy(policy);
        List<Candidate> ready = new ArrayList<>();
        for (Candidate candidate : offered) {
            String why = whyOut(candidate.instance());
            if (why == null) {
                ready.add(candidate);
            } else {
                explanation.out(candidate, why);
            }
        }
        int position = 1;
        for (Candidate candidate : ready.isEmpty() ? ready : policy.order(ready, call.model())) {
            explanation.asked(candidate, position++);
        }
    }

    /** Null for one that would be asked. */
    private String whyOut(Instance instance) {
        InstanceSettings settings = instance.settings();
        if (settings.enabled() && !settings.serves(call.model(), call.operation().path())) {
            return settings.serves(call.model()) ? "does not serve this operation of the model" : "does not serve the model";
        }
        Standing standing = instance.standing();
        return switch (standing.state()) {
            case READY -> null;
            case FAILS_CHECKS -> "fails its health checks";
            case DISABLED -> "disabled in the settings";
            case BENCHED -> "left alone for another " + standing.busyFor().toMillis() + " ms";
            case BREAKER_OPEN -> "its breaker is open for another " + standing.busyFor().toMillis() + " ms";
        };
    }
}
