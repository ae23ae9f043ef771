package dev.openaigateway.rules.names;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Names for which expressions may ask. Some hold an expression, or a parameter of a template, and so stand for several. Immutable. */
final class KnownNames {

    private final TreeSet<String> names;
    /** What stands before the first expression in a name. */
    private final List<String> beginnings;

    KnownNames(Collection<String> names) {
        this.names = new TreeSet<>(names);
        this.beginnings = names.stream().filter(name -> name.contains("${") || name.contains("{{"))
                .map(name -> name.replaceFirst("(?s)(\\$\\{|\\{\\{).*", "")).distinct().toList();
    }

    Collection<String> all() {
        return names;
    }

    /** Whether an expression that asks for the name may mean one of these, which may have dots and the like: {@code team} of {@code team.id}. */
    boolean has(String name) {
        for (String other : names.tailSet(name)) {
            if (!other.startsWith(name)) {
                return false;
            }
            if (other.equals(name) || !String.valueOf(other.charAt(name.length())).matches("[\\w-]")) {
                return true;
            }
        }
        return false;
    }

    /** Whether the value of an expression may make the name. */
    boolean mayHave(String name) {
        return beginnings.stream().anyMatch(beginning -> name.startsWith(beginning) || beginning.startsWith(name));
    }
}
