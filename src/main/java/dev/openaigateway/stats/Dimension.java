package dev.openaigateway.stats;

/** By what requests are told apart in the statistics. */
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

    /** Null when the request has none. */
    abstract String nameIn(UsageRecord usage, CountedModels models);
}
