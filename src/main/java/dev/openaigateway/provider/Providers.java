package dev.openaigateway.provider;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.ProviderTraits;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** All providers by {@code provider_type}. Thread-safe. */
public final class Providers {

    /** The providers that belong to the gateway. */
    public static final List<Provider> BUILT_IN = List.of(new AzureProvider(), new OpenAiProvider());

    private record Bean(String beanName, Provider provider) {
    }

    private final Supplier<Map<String, Provider>> beans;
    private final Map<String, Bean> byType = new ConcurrentHashMap<>();

    /** @param beans all providers by bean name, built-in ones included; called again for each unknown type */
    public Providers(Supplier<Map<String, Provider>> beans) {
        this.beans = beans;
    }

    /** @throws IllegalStateException if there is none; cannot happen with validated settings */
    public Provider of(InstanceSettings instance) {
        return bean(instance.providerType()).provider();
    }

    /** The bean name of the instance's provider, for the {@code ref} of a route. */
    public String beanName(InstanceSettings instance) {
        return bean(instance.providerType()).beanName();
    }

    /**
     * The traits of all providers at this moment by name, sorted.
     *
     * @throws IllegalStateException if two providers have the same name
     */
    public Map<String, ProviderTraits> traits() {
        return traitsOf(beans.get().values());
    }

    /**
     * The traits of these providers by name, sorted.
     *
     * @throws IllegalStateException if two providers have the same name
     */
    public static Map<String, ProviderTraits> traitsOf(Collection<Provider> providers) {
        Map<String, ProviderTraits> traits = new TreeMap<>();
        for (Provider provider : providers) {
            if (traits.put(provider.name(), provider.traits()) != null) {
                throw new IllegalStateException("Two providers are named \"" + provider.name() + "\".");
            }
        }
        return traits;
    }

    private Bean bean(String type) {
        Bean known = byType.get(type);
        return known == null ? byType.computeIfAbsent(type, this::find) : known;
    }

    private Bean find(String type) {
        return beans.get().entrySet().stream().filter(bean -> bean.getValue().name().equals(type))
                .map(bean -> new Bean(bean.getKey(), bean.getValue())).findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no provider \"" + type + "\"."));
    }
}
