package dev.openaigateway.rules.yaml;

import org.apache.camel.CamelContext;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds placeholders of a vault whose library is absent. Camel takes <code>{{secret:bank/token}}</code> for a key {@code secret} with the
 * default {@code bank/token} then, and would send the name of the secret in its place.
 */
public final class VaultPlaceholders {

    /** Camel's libraries with functions for placeholders, beside those of the gateway, by the name of the function. */
    private static final Map<String, String> LIBRARIES = Map.of("aws", "camel-aws-secrets-manager", "azure", "camel-azure-key-vault",
            "gcp", "camel-google-secret-manager", "hashicorp", "camel-hashicorp-vault", "cyberark", "camel-cyberark-vault",
            "ibm", "camel-ibm-secrets-manager", "secret", "camel-kubernetes", "secret-binary", "camel-kubernetes",
            "configmap", "camel-kubernetes", "configmap-binary", "camel-kubernetes");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([a-z-]+):[^{}]*}}");

    private final CamelContext context;
    private final Problems problems;

    public VaultPlaceholders(CamelContext context, Problems problems) {
        this.context = context;
        this.problems = problems;
    }

    /** Checks all texts of an entry of a file. */
    public void check(Location location, Node entry) {
        Set<String> parameters = YamlNodes.at(entry, "routeTemplate", "parameters").stream().flatMap(list -> YamlNodes.items(list).stream())
                .flatMap(parameter -> YamlNodes.text(parameter, "name").stream()).collect(Collectors.toSet());
        check(location, entry, parameters);
    }

    private void check(Location location, Node node, Set<String> parameters) {
        YamlNodes.items(node).forEach(item -> check(location, item, parameters));
        if (node instanceof MappingNode object) {
            object.getValue().forEach(entry -> check(location, entry.getValueNode(), parameters));
        } else if (node instanceof ScalarNode scalar && scalar.getValue().contains("{{")) {
            Matcher placeholder = PLACEHOLDER.matcher(scalar.getValue());
            while (placeholder.find()) {
                String name = placeholder.group(1);
                if (LIBRARIES.containsKey(name) && !parameters.contains(name) && isAbsent(name)) {
                    problems.add(location, node, "uses placeholder", placeholder.group(), "which needs " + LIBRARIES.get(name)
                            + " in the folder 'ext'; without it the value would be the text after the colon");
                }
            }
        }
    }

    private boolean isAbsent(String name) {
        return context.getPropertiesComponent().getPropertiesFunction(name) == null
                && context.getPropertiesComponent().resolveProperty(name).isEmpty();
    }
}
