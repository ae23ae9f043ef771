package dev.openaigateway.stats;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Decides which models are counted under their own name: those that are configured, and up to 200 that an instance has
 * served and whose names are not overlong. All others are counted as {@value #UNKNOWN}, so that clients cannot fill the
 * tables with invented names. Thread-safe.
 */
public final class CountedModels {

    static final String UNKNOWN = "unknown";
    private static final int LEARNED = 200;
    private static final int LONGEST = 200;

    private final Predicate<String> configured;
    private final Set<String> served = ConcurrentHashMap.newKeySet();

    /** @param configured whether the active settings name the model */
    public CountedModels(Predicate<String> configured) {
        this.configured = configured;
    }

    /** The name to count a completed request under. A success of an instance makes the model known. */
    String nameFor(UsageRecord usage) {
        String model = usage.model();
        if (model != null && !usage.failed() && usage.instance() != null
                && model.length() <= LONGEST && served.size() < LEARNED) {
            served.add(model);
        }
        return nameFor(model);
    }

    /** The name to count the model under; {@value #UNKNOWN} for null too. */
    String nameFor(String model) {
        return model != null && (served.contains(model) || configured.test(model)) ? model : UNKNOWN;
    }
}
