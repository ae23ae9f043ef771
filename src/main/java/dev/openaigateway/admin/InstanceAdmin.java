package dev.openaigateway.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.config.load.SettingsChange;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.throttle.LimitUse;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The documents and actions under {@code /admin/instances}. Thread-safe. */
public final class InstanceAdmin {

    private static final String PATH = "/admin/instances/";

    /**
     * The status of an instance with further details.
     *
     * @param breaker        {@code open} if the instance's own breaker is, or those of all its models are
     * @param ownBreaker     the state of the instance's own breaker, which counts refused connections and refused keys
     * @param failurePercent the highest of the instance and its models
     * @param latencyMs      the mean of its models
     * @param limits         its limits and those of its models, with what is in use
     * @param models         what is known of each of its models
     */
    record Details(@JsonUnwrapped InstanceStatus status, boolean enabled, String breaker, String ownBreaker, double failurePercent,
                   long latencyMs, int inFlight, long maxInputTokens, Map<String, String> modelDeployments, List<String> tags,
                   List<LimitUse> limits, List<ModelStatus> models) {

        static Details of(Instance instance, InstanceStatus status, List<LimitUse> limits, Instant now) {
            List<ModelStatus> models = ModelStatus.all(instance, now);
            ModelStatus.Totals totals = ModelStatus.Totals.of(instance, models);
            return new Details(status, instance.settings().enabled(), totals.breaker(), instance.health().breakerState(),
                    totals.failurePercent(), totals.latencyMs(), instance.inFlight(), instance.settings().maxInputTokens(),
                    instance.settings().modelDeployments(), instance.settings().tags(), limits, models);
        }
    }

    private final Instances instances;
    private final StatusDocuments statuses;
    private final Function<Collection<Instance>, Map<String, List<LimitUse>>> limits;
    private final SettingsAdmin administration;
    private final ChangeLog changeLog;

    /** @param limits gives the limits of each instance, by its name */
    public InstanceAdmin(Instances instances, StatusDocuments statuses, Function<Collection<Instance>, Map<String, List<LimitUse>>> limits, SettingsAdmin administration,
                         ChangeLog changeLog) {
        this.changeLog = changeLog;
        this.instances = instances;
        this.statuses = statuses;
        this.limits = limits;
        this.administration = administration;
    }

    public Object list(AdminRequest request) {
        return list();
    }

    /** The document {@code /admin/instances}. */
    public Object list() {
        Map<String, List<LimitUse>> uses = limits.apply(instances.all());
        List<Details> all = statuses.all().stream()
                .flatMap(status -> instances.named(status.name()).map(instance ->
                        Details.of(instance, status, uses.getOrDefault(status.name(), List.of()), statuses.now())).stream())
                .toList();
        return Map.of("instances", all);
    }

    /** Clears benches, breakers and errors of an instance and of its models. */
    public Object reset(AdminRequest request) {
        Instance instance = InstanceLookup.instance(instances, request.between(PATH, "/reset"));
        instance.health().reset();
        changeLog.made(request, "instance_reset", instance.name(), List.of());
        return Map.of("status", "reset", "instance", instance.name());
    }

    /** Changes settings of an instance; {@code persist=true} also writes them to the overlay file. */
    public Object change(AdminRequest request) {
        Instance instance = InstanceLookup.instance(instances, request.between(PATH, "/config"));
        ObjectNode values = request.json();
        // The server lists the parts of the path among the parameters of the query.
        request.requireOnly(List.of("persist", "instance"));
        boolean persist = request.flag("persist");
        return ConfigDocuments.run(() -> {
            List<SettingsChange> changes = administration.change(instance.name(), values, persist);
            changeLog.made(request, persist ? "instance_change_persisted" : "instance_change", instance.name(), changes);
            return ConfigDocuments.ActionResult.of("changed", changes);
        });
    }
}
