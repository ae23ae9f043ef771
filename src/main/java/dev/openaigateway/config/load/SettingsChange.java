package dev.openaigateway.config.load;

import dev.openaigateway.config.DerivedSetting;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.KeyedClient;
import dev.openaigateway.config.ModelSettings;
import dev.openaigateway.config.ProviderTraits;
import dev.openaigateway.config.Secret;
import dev.openaigateway.config.Settings;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One difference between two settings. Secrets are masked.
 *
 * @param path   the path of the setting, such as {@code instances[azure-east].max_tpm}
 * @param before the value before; empty for an added instance
 * @param after  the value after; empty for a removed instance
 */
public record SettingsChange(String path, Optional<String> before, Optional<String> after) {

    private static final String CLIENTS = "clients.keys";

    /** All differences, in the order of the settings. */
    public static List<SettingsChange> between(Settings before, Settings after) {
        List<SettingsChange> changes = new ArrayList<>();
        compare("", before, after, changes);
        return List.copyOf(changes);
    }

    /** Traits follow from {@code provider_type}, whose change is one already. */
    private static void compare(String path, Object before, Object after, List<SettingsChange> changes) {
        if (Objects.equals(before, after) || before instanceof ProviderTraits) {
            return;
        }
        if (SettingsTree.isNamedList(path) || path.equals(CLIENTS)) {
            compareNamed(path, byName(before), byName(after), changes);
        } else if (before instanceof Record && after instanceof Record && !(before instanceof Secret)) {
            for (RecordComponent component : before.getClass().getRecordComponents()) {
                String at = SettingsTree.join(path, snakeCase(component.getName()));
                if (!component.isAnnotationPresent(DerivedSetting.class)) {
                    compare(at, value(component, before), value(component, after), changes);
                }
            }
        } else {
            changes.add(new SettingsChange(path, Optional.of(shown(before)), Optional.of(shown(after))));
        }
    }

    private static void compareNamed(String path, Map<String, Object> before, Map<String, Object> after, List<SettingsChange> changes) {
        before.forEach((name, element) -> {
            String at = path + "[" + name + "]";
            if (after.containsKey(name)) {
                compare(at, element, after.get(name), changes);
            } else {
                changes.add(new SettingsChange(at, Optional.of(name), Optional.empty()));
            }
        });
        after.keySet().stream().filter(name -> !before.containsKey(name)).forEach(name ->
                changes.add(new SettingsChange(path + "[" + name + "]", Optional.empty(), Optional.of(name))));
        List<String> kept = before.keySet().stream().filter(after::containsKey).toList();
        List<String> now = after.keySet().stream().filter(before::containsKey).toList();
        if (!kept.equals(now)) {
            changes.add(new SettingsChange(path, Optional.of(shown(kept)), Optional.of(shown(now))));
        }
    }

    private static Map<String, Object> byName(Object elements) {
        Map<String, Object> byName = new LinkedHashMap<>();
        for (Object element : (List<?>) elements) {
            byName.put(name(element), element);
        }
        return byName;
    }

    private static String name(Object element) {
        if (element instanceof KeyedClient client) {
            return client.name();
        }
        return element instanceof ModelSettings model ? model.name() : ((InstanceSettings) element).name();
    }

    private static Object value(RecordComponent component, Object owner) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private static String shown(Object value) {
        Object inner = value instanceof Optional<?> optional ? optional.map(Object.class::cast).orElse("") : value;
        return inner instanceof Enum<?> e ? e.name().toLowerCase(Locale.ROOT) : inner.toString();
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
