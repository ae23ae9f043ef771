package dev.openaigateway.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Instances;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The documents and actions under {@code /admin/instances}. Thread-safe. */
public final class InstanceAdmin {

    private static final String PATH = "/admin/instances/";

    /** The status of an instance with further details. */
    record Details(@JsonUnwrapped InstanceStatus status, boolean enabled, String breaker, double failurePercent, long latencyMs, int inFlight,
                   long maxInputTokens, Map<String, String> modelDeployments, List<String> tags) {

        static Details of(Instance instance, InstanceStatus status) {
            return new Details(status, instance.settings().enabled(),
                    instance.health().breaker().getState().name().toLowerCase(Locale.ROOT),
                    instance.health().failureShare() * 100, instance.health().latency().toMillis(), instance.inFlight(),
                    instance.settings().maxInputTokens(), instance.settings().modelDeployments(),
                    instance.settings().tags());
        }
    }

    private final Instances instances;
    private final StatusDocuments statuses;
    private final SettingsAdmin administration;

    public InstanceAdmin(Instances instances, StatusDocuments statuses, SettingsAdmin administration) {
        this.instances = instances;
        this.statuses = statuses;
        this.administration = administration;
    }

    public Object list(AdminRequest request) {
        List<Details> all = statuses.all().stream()
                .flatMap(status -> instances.named(status.name()).map(instance -> Details.of(instance, status)).stream())
                .toList();
        return Map.of("instances", all);
    }

    /** Clears an instance's bench, breaker state and errors. */
    public Object reset(AdminRequest request) {
        Instance instance = InstanceLookup.instance(instances, request.between(PATH, "/reset"));
        instance.health().reset();
        return Map.of("status", "reset", "instance", instance.name());
    }

    /** Changes settings of an instance; {@code persist=true} also writes them to the overlay file. */
    public Object change(AdminRequest request) {
        Instance instance = InstanceLookup.instance(instances, request.between(PATH, "/config"));
        ObjectNode values = request.json();
        boolean persist = request.parameter("persist").map(Boolean::parseBoolean).orElse(false);
        return ConfigDocuments.run(() ->
                ConfigDocuments.ActionResult.of("changed", administration.change(instance.name(), values, persist)));
    }
}
