package dev.openaigateway.routing;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The models that candidates name. */
final class Served {

    private Served() {
    }

    static List<String> by(Collection<Candidate> candidates) {
        TreeSet<String> models = new TreeSet<>();
        candidates.forEach(candidate -> models.addAll(of(candidate.instance())));
        return List.copyOf(models);
    }

    static Collection<String> of(Instance instance) {
        if (!instance.settings().enabled()) {
            return List.of();
        }
        return instance.settings().supportedModels().isEmpty()
                ? instance.settings().modelDeployments().keySet() : instance.settings().supportedModels();
    }
}
