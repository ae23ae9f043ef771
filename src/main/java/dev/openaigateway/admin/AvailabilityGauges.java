package dev.openaigateway.admin;

import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Instances;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;

import java.util.stream.Stream;

/** The meter that shows which instances, and which of their models, may be called: 1 or 0, as of the latest refresh. */
public final class AvailabilityGauges {

    private final MultiGauge available;
    private final Instances instances;

    public AvailabilityGauges(MeterRegistry registry, Instances instances) {
        this.instances = instances;
        this.available = MultiGauge.builder("gateway.instances.available")
                .description("1 if the instance, or the model at the instance, may be called; 0 while it is benched, open or down").register(registry);
    }

    void refresh() {
        available.register(instances.all().stream().flatMap(AvailabilityGauges::rows).toList(), true);
    }

    /** One for the instance itself, with an empty model, and one for each model that the settings name. */
    private static Stream<MultiGauge.Row<?>> rows(Instance instance) {
        return Stream.concat(Stream.of(row(instance, "", instance.availability().ready())),
                instance.settings().models().stream().map(model -> row(instance, model,
                        instance.availability().ready() && instance.availability(model).ready())));
    }

    private static MultiGauge.Row<?> row(Instance instance, String model, boolean ready) {
        return MultiGauge.Row.of(Tags.of("instance", instance.name(), "model", model), ready ? 1 : 0);
    }
}
