package dev.openaigateway.admin;

import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.stats.ScrapedGauges;
import dev.openaigateway.stats.ScrapedGauges.Gauge;
import dev.openaigateway.stats.ScrapedGauges.Row;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The meters that show which instances, and which of their models, may be called, and which instances are switched on: 1 or 0. An
 * instance may be called if {@link InstanceStatus} says so, apart from room for a request like the last one.
 */
public final class AvailabilityGauges {

    private AvailabilityGauges() {
    }

    public static void register(PrometheusMeterRegistry registry, Instances instances) {
        ScrapedGauges.register(registry, () -> List.of(
                new Gauge("gateway_instances_available",
                        "1 if the instance, or the model at the instance, may be called; 0 while it is benched, its breaker is open, it fails its health check or it is switched off",
                        rows(instances.all())),
                new Gauge("gateway_instances_enabled", "1 if the instance is switched on, else 0",
                        instances.all().stream().map(instance ->
                                new Row(number(instance.settings().enabled()), "instance", instance.name())).toList())));
    }

    private static List<Row> rows(Collection<Instance> instances) {
        Set<String> named = instances.stream().flatMap(instance -> instance.settings().models().stream()).collect(Collectors.toSet());
        return instances.stream().flatMap(instance -> rows(instance, named)).toList();
    }

    /**
     * One for the instance itself, with an empty model, and one for each model that it serves and any instance names. So an instance that
     * serves any model counts for all of them. One that is switched off counts for none.
     */
    private static Stream<Row> rows(Instance instance, Set<String> named) {
        Stream<Row> own = Stream.of(row(instance, "", InstanceStatus.availability(instance).ready()));
        return !instance.settings().enabled() ? own : Stream.concat(own, named.stream().filter(instance.settings()::serves)
                .map(model -> row(instance, model, instance.availability(model).ready())));
    }

    private static Row row(Instance instance, String model, boolean ready) {
        return new Row(number(ready), "instance", instance.name(), "model", model);
    }

    private static int number(boolean yes) {
        return yes ? 1 : 0;
    }
}
