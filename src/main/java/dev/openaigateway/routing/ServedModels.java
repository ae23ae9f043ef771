package dev.openaigateway.routing;

import java.util.Collection;
import java.util.List;

/** The models that are listed for instances. */
public final class ServedModels {

    private ServedModels() {
    }

    public static Collection<String> of(Instance instance) {
        return instance.settings().enabled() ? instance.settings().models() : List.of();
    }
}
