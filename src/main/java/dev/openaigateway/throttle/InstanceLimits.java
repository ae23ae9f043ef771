package dev.openaigateway.throttle;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.InstanceSettings.ModelLimit;
import dev.openaigateway.ratelimit.LimitScope;
import dev.openaigateway.ratelimit.LimitScope.Unit;

import java.util.ArrayList;
import java.util.List;

/** The limits of an instance: of all its requests together, and of those for one model. */
final class InstanceLimits {

    private InstanceLimits() {
    }

    /** Whether any limit applies to a request for the model; does not allocate. */
    static boolean apply(InstanceSettings instance, String model) {
        return instance.maxTpm() > 0 || instance.maxRpm() > 0
                || !instance.modelLimits().isEmpty() && instance.modelLimits().containsKey(model);
    }

    /** The limits of a request for the model, tokens first. */
    static List<Limit> of(InstanceSettings instance, String model) {
        List<Limit> limits = new ArrayList<>(4);
        ModelLimit ofModel = instance.modelLimits().get(model);
        add(limits, instance, null, Unit.TOKENS, instance.maxTpm());
        add(limits, instance, model, Unit.TOKENS, ofModel == null ? 0 : ofModel.tpm());
        add(limits, instance, null, Unit.REQUESTS, instance.maxRpm());
        add(limits, instance, model, Unit.REQUESTS, ofModel == null ? 0 : ofModel.rpm());
        return limits;
    }

    /** The limits of the instance and of all its models. */
    static List<Limit> all(InstanceSettings instance) {
        List<Limit> limits = new ArrayList<>();
        add(limits, instance, null, Unit.TOKENS, instance.maxTpm());
        add(limits, instance, null, Unit.REQUESTS, instance.maxRpm());
        instance.modelLimits().forEach((model, limit) -> {
            add(limits, instance, model, Unit.TOKENS, limit.tpm());
            add(limits, instance, model, Unit.REQUESTS, limit.rpm());
        });
        return limits;
    }

    private static void add(List<Limit> limits, InstanceSettings instance, String model, Unit unit, long perMinute) {
        if (perMinute > 0) {
            limits.add(new Limit(LimitScope.instance(instance.name(), model, unit), perMinute));
        }
    }
}
