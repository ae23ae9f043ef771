package dev.openaigateway.admin;

import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.stats.ScrapedGauges;
import dev.openaigateway.stats.ScrapedGauges.Gauge;
import dev.openaigateway.stats.ScrapedGauges.Row;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.util.List;
import java.util.stream.Stream;

/** The meter that shows which instances, and which of their models, may be called: 1 or 0. */
public final class AvailabilityGauges {

    private AvailabilityGauges() {
    }

    public static void register(PrometheusMeterRegistry registry, Instances instances) {
        ScrapedGauges.register(registry, () -> List.of(new Gauge("gateway_instances_available",
                "1 if the instance, or the model at the instance, may be called; 0 while it is benched, open or down",
                instances.all().stream().flatMap(AvailabilityGauges::rows).toList())));
    }

    /** One for the instance itself, with an empty model, and one for each model that the settings name. */
    private static Stream<Row> rows(Instance instance) {
        return Stream.concat(Stream.of(row(instance, "", instance.availability().ready())),
                instance.settings().models().stream().map(model -> row(instance, model,
                        instance.availability().ready() && instance.availability(model).ready())));
    }

    private static Row row(Instance instance, String model, boolean ready) {
        return new Row(ready ? 1 : 0, "instance", instance.name(), "model", model);
    }
}
