package dev.openaigateway.stats;

import java.util.Locale;

/** The dimensions by which the statistics group requests. */
public enum Dimension {
    INSTANCE {
        @Override
        String nameIn(UsageRecord usage, CountedModels models) {
            return usage.instance();
        }
    },
    MODEL {
        @Override
        String nameIn(UsageRecord usage, CountedModels models) {
            return models.nameFor(usage.model());
        }
    },
    CLIENT {
        @Override
        String nameIn(UsageRecord usage, CountedModels models) {
            return usage.client();
        }
    };

    /** The name of the query parameter that filters by it, such as {@code instance}. */
    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Null if the request has none. */
    abstract String nameIn(UsageRecord usage, CountedModels models);
}
