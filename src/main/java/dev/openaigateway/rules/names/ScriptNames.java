package dev.openaigateway.rules.names;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the names of properties and variables in scripts, which may set and read them. Not thread-safe. */
final class ScriptNames {

    private static final String BEFORE = "(?:['\"][^'\"]*?|(?:exchangeProperty|exchangeProperties|properties|variables?)\\??\\s*[.:\\[]\\s*)(?<![\\w-])";
    private static final String AFTER = "(?![\\w-])";

    private final List<String> scripts = new ArrayList<>();

    void add(String script) {
        scripts.add(script);
    }

    /** Whether a script has the name in quotes, or behind the name of what holds properties or variables. */
    boolean have(String name) {
        Pattern named = Pattern.compile(BEFORE + Pattern.quote(name) + AFTER);
        return scripts.stream().anyMatch(script -> script.contains(name) && named.matcher(script).find());
    }
}
