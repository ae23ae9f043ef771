package dev.openaigateway.rules.classes;

import org.apache.camel.util.StringHelper;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A class of which a file declares a bean. */
public final class BeanClass {

    private final Class<?> type;

    public BeanClass(Class<?> type) {
        this.type = type;
    }

    /** Whether Camel can make an object of the class without arguments. */
    public boolean canBeMade() {
        return !type.isInterface() && !Modifier.isAbstract(type.getModifiers())
                && Arrays.stream(type.getDeclaredConstructors()).map(Constructor::getParameterCount).anyMatch(count -> count == 0);
    }

    /** The types of the properties that can be set, by name. */
    private Map<String, Class<?>> properties() {
        Map<String, Class<?>> properties = new TreeMap<>();
        for (Method method : type.getMethods()) {
            if (method.getParameterCount() == 1 && method.getName().matches("(set|with)[A-Z].*")) {
                properties.put(decapitalized(method.getName().replaceFirst("^(set|with)", "")), method.getParameterTypes()[0]);
            }
        }
        return properties;
    }

    public Set<String> propertyNames() {
        return properties().keySet();
    }

    /** Whether the bean has such a property. Of a path such as {@code a.b} or {@code a[0]} only its beginning is judged. */
    public boolean hasProperty(String name) {
        if (Map.class.isAssignableFrom(type)) {
            return true;
        }
        String first = StringHelper.dashToCamelCase(name.replaceFirst("[.\\[].*", ""));
        return propertyNames().stream().anyMatch(first::equalsIgnoreCase) || Arrays.stream(type.getMethods())
                .anyMatch(method -> isFluent(method, first) || !first.equals(name) && method.getName().matches("(?i)(get|is)" + first));
    }

    private boolean isFluent(Method method, String name) {
        return method.getParameterCount() == 1 && method.getName().equalsIgnoreCase(name) && method.getReturnType().isAssignableFrom(type)
                && method.getReturnType() != Object.class;
    }

    /** What a value of a property must be; empty if the value is possible or that cannot be known. */
    public Optional<String> requirement(String name, String value) {
        Class<?> kind = properties().entrySet().stream().filter(entry -> entry.getKey().equalsIgnoreCase(StringHelper.dashToCamelCase(name)))
                .map(Map.Entry::getValue).findFirst().orElse(Object.class);
        if (value.isEmpty() || value.contains("{{") || value.startsWith("#")) {
            return Optional.empty();
        }
        if (Set.of(int.class, long.class, short.class, Integer.class, Long.class).contains(kind)) {
            return value.strip().matches("-?\\d+") || kind == long.class ? Optional.empty() : Optional.of("must be a whole number");
        }
        if (Set.of(double.class, float.class, Double.class, Float.class).contains(kind)) {
            return value.strip().matches("-?\\d*\\.?\\d+([eE]-?\\d+)?") ? Optional.empty() : Optional.of("must be a number");
        }
        return (kind == boolean.class || kind == Boolean.class) && !value.matches("true|false") ? Optional.of("must be true or false") : Optional.empty();
    }

    /** The names of the public methods that the class adds to those of every object. */
    public Set<String> methodNames() {
        Set<String> names = new TreeSet<>();
        Arrays.stream(type.getMethods()).filter(method -> method.getDeclaringClass() != Object.class).forEach(method -> names.add(method.getName()));
        return names;
    }

    private static String decapitalized(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
