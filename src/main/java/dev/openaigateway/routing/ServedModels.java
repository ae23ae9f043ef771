package dev.openaigateway.routing;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The models that are listed for instances. */
public final class ServedModels {

    private ServedModels() {
    }

    static List<String> by(Collection<Candidate> candidates) {
        TreeSet<String> models = new TreeSet<>();
        candidates.forEach(candidate -> models.addAll(of(candidate.instance())));
        return List.copyOf(models);
    }

    public static Collection<String> of(Instance instance) {
        return instance.settings().enabled() ? instance.settings().models() : List.of();
    }
}
