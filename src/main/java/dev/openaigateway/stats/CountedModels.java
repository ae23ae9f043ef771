package dev.openaigateway.stats;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Decides which models are counted under their own name: those that are configured, and the 500 that an instance served last and
 * whose names are not overlong. All others are counted as {@value #UNKNOWN}, so that clients cannot fill the tables with invented
 * names. Thread-safe.
 */
public final class CountedModels {

    static final String UNKNOWN = "unknown";
    private static final int LEARNED = 500;
    private static final int LONGEST = 200;

    private final Predicate<String> configured;
    /** When each was served last, on the clock of {@link System#nanoTime}. Has configured ones too, since asking the settings takes longer. */
    private final Map<String, Long> served = new ConcurrentHashMap<>();

    /** @param configured whether the active settings name the model */
    public CountedModels(Predicate<String> configured) {
        this.configured = configured;
    }

    /** A success of an instance makes the model known. To be called for each completed request before it is counted. */
    void learn(UsageRecord usage) {
        String model = usage.model();
        if (model != null && !usage.failed() && usage.instance() != null
                && model.length() <= LONGEST && served.put(model, System.nanoTime()) == null) {
            makeRoom();
        }
    }

    /** The name to count or report the model under; {@value #UNKNOWN} for null too. */
    public String nameFor(String model) {
        return model != null && (served.containsKey(model) || configured.test(model)) ? model : UNKNOWN;
    }

    /** An invented name that an instance serves takes the place of another invented one, while those in use stay. */
    private synchronized void makeRoom() {
        while (served.size() > LEARNED) {
            served.entrySet().stream().min((one, other) -> Long.signum(one.getValue() - other.getValue()))
                    .ifPresent(oldest -> served.remove(oldest.getKey(), oldest.getValue()));
        }
    }
}
