package dev.openaigateway.rules.yaml;

import org.apache.camel.CamelContext;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces property placeholders as Camel will. */
public final class PropertyPlaceholders {

    /** Functions of Camel, whose argument is not a key with a default value. */
    private static final Pattern FUNCTION = Pattern.compile("\\{\\{((env|sys|service|service.name|service.host|service.port|bean):[^:}]+)}}");
    /** A placeholder that needs a value: without a default, a question mark and others inside it. */
    private static final Pattern KEY = Pattern.compile("\\{\\{(?!\\?)([^:{}]*)}}");

    private PropertyPlaceholders() {
    }

    /** Null if a property has no value: it adds a problem, except in templates, whose parameters are placeholders too. */
    public static String resolve(CamelContext context, Location location, Node node, Problems problems) {
        return resolve(context, location, node, YamlText.text(node), problems);
    }

    /** Replaces those in a part of the text of a node. */
    public static String resolve(CamelContext context, Location location, Node node, String text, Problems problems) {
        if (text == null || !text.contains("{{")) {
            return text;
        }
        Optional<PlaceholderSyntax.Mistake> wrong = PlaceholderSyntax.in(text);
        if (wrong.isPresent() || "routeTemplate".equals(location.entry())) {
            wrong.ifPresent(mistake -> problems.at(location, node).says(mistake.uses(), mistake.part()).because(mistake.requirement()));
            return null;
        }
        try {
            String resolved = context.resolvePropertyPlaceholders(text);
            Optional<PlaceholderSyntax.Mistake> cut = PlaceholderSyntax.cut(text, String.valueOf(resolved));
            cut.ifPresent(mistake -> problems.at(location, node).says(mistake.uses(), mistake.part()).because(mistake.requirement()));
            problems.replaced(location, WrittenPlaceholders.in(List.of(text), context));
            return cut.isPresent() ? null : resolved;
        } catch (AbsentVaultException e) {
            // One that the text itself has is reported where all texts of the entry are looked at.
            if (!text.contains(e.placeholder())) {
                problems.at(location, node).says("uses", text).because("where " + e.getMessage());
            }
            return null;
        } catch (IllegalArgumentException e) {
            missing(context, text).ifPresentOrElse(
                    key -> problems.at(location, node).says("uses placeholder", "{{" + key + "}}").because("which has no value"),
                    () -> failed(location, node, text, e, problems));
            return null;
        } catch (RuntimeException e) {
            // A bean's method is called: {{bean:name.method}}.
            failed(location, node, text, e, problems);
            return null;
        }
    }

    private static void failed(Location location, Node node, String text, RuntimeException e, Problems problems) {
        problems.at(location, node).says("uses", text).because("whose placeholder cannot be replaced: " + String.valueOf(e.getMessage()).strip());
    }

    private static Optional<String> missing(CamelContext context, String text) {
        for (String placeholder : PlaceholderTexts.in(text)) {
            Matcher function = FUNCTION.matcher(placeholder);
            while (function.find()) {
                if (!hasValue(context, function.group())) {
                    return Optional.of(function.group(1));
                }
            }
            Matcher key = KEY.matcher(placeholder);
            while (key.find()) {
                if (context.getPropertiesComponent().resolveProperty(key.group(1)).isEmpty()) {
                    return Optional.of(key.group(1));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean hasValue(CamelContext context, String function) {
        try {
            return context.resolvePropertyPlaceholders(function) != null;
        } catch (RuntimeException none) {
            return false;
        }
    }
}
