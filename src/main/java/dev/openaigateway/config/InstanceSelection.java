package dev.openaigateway.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The instances that an instance URI refers to, such as {@code instance:east} or {@code instance:*?tag=eu&exclude=canary}.
 *
 * @param name     an instance's name, or {@link #ANY}
 * @param tags     an instance must have one of them; empty for any instance
 * @param excluded tags and names of instances that are left out
 */
public record InstanceSelection(String name, List<String> tags, List<String> excluded) {

    /** Matches every configured instance. */
    public static final String ANY = "*";

    /**
     * Reads the parts of an instance URI.
     *
     * @param tag     tags separated by commas; null for none
     * @param exclude tags and names separated by commas; null for none
     * @throws IllegalArgumentException if a selection by tag is added to the name of one instance
     */
    public static InstanceSelection of(String name, String tag, String exclude) {
        if (!name.equals(ANY) && (tag != null || exclude != null)) {
            throw new IllegalArgumentException("'instance:" + name + "' names one instance; tag and exclude belong to 'instance:*'.");
        }
        return new InstanceSelection(name, words(tag), words(exclude));
    }

    private static List<String> words(String list) {
        return list == null ? List.of() : Arrays.stream(list.split(",")).map(String::strip).filter(word -> !word.isEmpty()).toList();
    }

    public boolean isAny() {
        return name.equals(ANY);
    }

    public boolean selects(InstanceSettings instance) {
        return isAny() ? matches(instance) : instance.name().equals(name);
    }

    private boolean matches(InstanceSettings instance) {
        return (tags.isEmpty() || tags.stream().anyMatch(instance.tags()::contains))
                && excluded.stream().noneMatch(word -> instance.name().equals(word) || instance.tags().contains(word));
    }

    /**
     * A word of the selection that fits no instance of the settings.
     *
     * @param kind  what the word stands for: {@code instance}, {@code tag}, or {@code tag or instance}
     * @param known the words that the settings have, sorted, as they are written
     */
    public record Unknown(String kind, String word, Collection<String> known) {

        /** What a problem says of the word; the known words follow. */
        public String requirement() {
            return "which is not configured" + (known.isEmpty() ? " (no instance has tags)" : "");
        }
    }

    /** The words that fit no configured instance; empty if the selection fits the settings. */
    public List<Unknown> unknown(Settings settings) {
        Set<String> names = new TreeSet<>();
        Set<String> known = new TreeSet<>();
        for (InstanceSettings instance : settings.instances()) {
            names.add(instance.name());
            known.addAll(instance.tags());
        }
        Set<String> both = new TreeSet<>(known);
        both.addAll(names);
        List<Unknown> unknown = new ArrayList<>();
        WrittenValues written = settings.written();
        if (!isAny() && !names.contains(name)) {
            unknown.add(new Unknown("instance", name, written.of(names)));
        }
        tags.stream().filter(tag -> !known.contains(tag)).forEach(tag -> unknown.add(new Unknown("tag", tag, written.of(known))));
        excluded.stream().filter(word -> !both.contains(word)).forEach(word -> unknown.add(new Unknown("tag or instance", word, written.of(both))));
        return unknown;
    }
}
