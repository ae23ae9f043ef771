package dev.openaigateway.routing;

import dev.openaigateway.fallback.FallbackTrigger;
import dev.openaigateway.health.Outages;
import org.apache.camel.Processor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The stages of a {@code loadBalance} block. Children without {@code model} and {@code when} are the first stage. Each further
 * model, with its {@code when}, is a fallback. If every child has a model, that of the first child is the first stage. Immutable.
 */
final class StageLayout {

    static final StageLayout EMPTY = new StageLayout(Map.of());

    private record Key(String model, Set<FallbackTrigger> when) {
    }

    private record Child(InstanceReference reference, Processor endpoint) {
    }

    private final Map<Key, List<Child>> children;

    private StageLayout(Map<Key, List<Child>> children) {
        this.children = children;
    }

    /** The only stage of an instance URI that has no {@code loadBalance} block around it, and so nothing to fall back from. */
    static StageLayout single(InstanceReference reference, Processor endpoint) {
        return new StageLayout(Map.of(new Key(reference.modelOverride().orElse(null), Set.of()), List.of(new Child(reference, endpoint))));
    }

    /**
     * A copy with one more child at the end.
     *
     * @throws IllegalArgumentException if the child cannot follow the earlier ones
     */
    StageLayout with(InstanceReference reference, Processor endpoint) {
        Key key = key(reference);
        Map<Key, List<Child>> more = new LinkedHashMap<>(children);
        List<Child> same = new ArrayList<>(children.getOrDefault(key, List.of()));
        same.add(new Child(reference, endpoint));
        more.put(key, List.copyOf(same));
        return new StageLayout(more);
    }

    private Key key(InstanceReference reference) {
        String model = reference.modelOverride().orElse(null);
        Key given = new Key(model, reference.when());
        if (children.isEmpty() && !given.when().isEmpty()) {
            throw new IllegalArgumentException("The first child of a loadBalance block, " + reference
                    + ", has 'when', but no model before it can fail. Put the children without 'model' and 'when' first.");
        }
        boolean hasFallback = children.size() > 1;
        if (children.isEmpty() || !hasFallback && children.keySet().iterator().next().equals(given)) {
            return given;
        }
        if (model == null && given.when().isEmpty()) {
            throw new IllegalArgumentException("The child " + reference
                    + " of a loadBalance block follows a fallback. Put the children without 'model' and 'when' first.");
        }
        return given.when().isEmpty() ? new Key(model, Set.of(FallbackTrigger.ERROR)) : given;
    }

    boolean fallsBackAfter(FallbackTrigger trigger) {
        return children.keySet().stream().anyMatch(key -> key.when().contains(trigger));
    }

    /**
     * The stages for these instances, in order.
     *
     * @param outages those of the instances
     */
    List<Stage> stages(Collection<Instance> configured, Outages outages) {
        return children.entrySet().stream().map(entry -> new Stage(entry.getKey().model(), entry.getKey().when(),
                new Offer(entry.getValue().stream().flatMap(child -> candidates(child, configured)).toList(), outages))).toList();
    }

    private static Stream<Candidate> candidates(Child child, Collection<Instance> configured) {
        return configured.stream().filter(instance -> child.reference().selection().selects(instance.settings()))
                .map(instance -> Candidate.of(instance, child.reference(), child.endpoint()));
    }
}
