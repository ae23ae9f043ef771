package dev.openaigateway.config.load;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.ProviderTraits;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/**
 * The providers that settings may name.
 *
 * @param traits   by name
 * @param complete whether another name is an error; if not, it stands for a provider without traits
 */
record KnownProviders(Map<String, ProviderTraits> traits, boolean complete) {

    /** Reads {@code provider_type}. */
    ValueParser<String> parser() {
        return complete ? ValueParsers.oneOf(traits.keySet()) : text -> text.toLowerCase(Locale.ROOT);
    }

    /** @param type in any case */
    ProviderTraits of(String type) {
        return traits.getOrDefault(type.toLowerCase(Locale.ROOT), ProviderTraits.NONE);
    }

    /** Whether each instance names one of these providers and was read with its traits. */
    boolean fit(Collection<InstanceSettings> instances) {
        return instances.stream().allMatch(instance -> instance.traits().equals(traits.get(instance.providerType())));
    }
}
