package dev.openaigateway.stats;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Decides which model names are counted under their own name: those that are configured, and those that an instance
 * has answered for, unless overlong. Names that clients make up become {@value #UNKNOWN} and can fill no table. Thread-safe.
 */
public final class CountedModels {

    static final String UNKNOWN = "unknown";
    private static final int LEARNED = 200;
    private static final int LONGEST = 200;

    private final Predicate<String> configured;
    private final Set<String> responded = ConcurrentHashMap.newKeySet();

    /** @param configured whether the settings in force name the model */
    public CountedModels(Predicate<String> configured) {
        this.configured = configured;
    }

    /** The name to count a finished request under; its success makes the model known. */
    String nameFor(UsageRecord usage) {
        String model = usage.model();
        if (model != null && !usage.failed() && usage.instance() != null
                && model.length() <= LONGEST && responded.size() < LEARNED) {
            responded.add(model);
        }
        return nameFor(model);
    }

    /** The name to count the model under; {@value #UNKNOWN} for null too. */
    String nameFor(String model) {
        return model != null && (responded.contains(model) || configured.test(model)) ? model : UNKNOWN;
    }
}
