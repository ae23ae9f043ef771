package dev.openaigateway.provider;

import dev.openaigateway.config.InstanceSettings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** All providers by {@code provider_type}. Thread-safe. */
public final class Providers {

    private record Bean(String beanName, Provider provider) {
    }

    private final Supplier<Map<String, Provider>> beans;
    private final Map<String, Bean> byType = new ConcurrentHashMap<>();

    /** @param beans all providers by bean name, built-in ones included; asked again for each type that is not known yet */
    public Providers(Supplier<Map<String, Provider>> beans) {
        this.beans = beans;
    }

    /** @throws IllegalStateException if there is none; settings that were checked name no such type */
    public Provider of(InstanceSettings instance) {
        return bean(instance.providerType()).provider();
    }

    /** The bean name of the instance's provider, for the {@code ref} of a route. */
    public String beanName(InstanceSettings instance) {
        return bean(instance.providerType()).beanName();
    }

    /**
     * The names of all providers at this moment, sorted.
     *
     * @throws IllegalStateException if two providers have the same name
     */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        beans.get().values().forEach(provider -> names.add(provider.name()));
        for (String name : names) {
            if (names.indexOf(name) != names.lastIndexOf(name)) {
                throw new IllegalStateException("Two providers are named \"" + name + "\".");
            }
        }
        return List.copyOf(new TreeSet<>(names));
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
