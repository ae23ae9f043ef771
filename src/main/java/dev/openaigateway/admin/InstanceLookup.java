package dev.openaigateway.admin;

import dev.openaigateway.openai.Errors;
import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Instances;

import java.util.List;

/** Finds instances by the names in an admin request. */
final class InstanceLookup {

    private InstanceLookup() {
    }

    /** @throws dev.openaigateway.openai.ApiException 404 if there is none; suggests the nearest name */
    static Instance instance(Instances instances, String name) {
        return instances.named(name).orElseThrow(() -> {
            List<String> known = instances.all().stream().map(Instance::name).toList();
            return Errors.notNamed("instance", DidYouMean.question(name, known)).exception();
        });
    }
}
