package dev.openaigateway.stats;

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
            return models.nameFor(usage);
        }
    },
    CLIENT {
        @Override
        String nameIn(UsageRecord usage, CountedModels models) {
            return usage.client();
        }
    };

    /** Null if the request has none. */
    abstract String nameIn(UsageRecord usage, CountedModels models);
}
