package dev.openaigateway.rules.yaml;

import dev.openaigateway.config.load.VaultFunctions;
import org.apache.camel.CamelContext;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds placeholders of a vault whose library is absent, which {@link AbsentVault} lets fail. */
public final class VaultPlaceholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*+\\??\\s*+([a-z-]++)\\s*+:[^{}]*}}|\\$\\{properties:\\s*([a-z-]+):[^{}]*}");
    /** To Camel, a function whose name has a space beside it is a key with a default value. */
    private static final Pattern WITH_SPACE = Pattern.compile("\\{\\{\\??\\s.*|\\{\\{\\?? *[a-z-]+\\s.*");

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

    private static boolean mayHave(String text) {
        return text.contains("{{") || text.contains("${properties:");
    }

    private void check(Location location, Node node, Set<String> parameters) {
        YamlNodes.items(node).forEach(item -> check(location, item, parameters));
        if (node instanceof MappingNode object) {
            object.getValue().forEach(entry -> check(location, entry.getValueNode(), parameters));
        } else if (node instanceof ScalarNode scalar && mayHave(scalar.getValue())) {
            Matcher placeholder = PLACEHOLDER.matcher(scalar.getValue());
            while (placeholder.find()) {
                String name = placeholder.group(placeholder.group(1) == null ? 2 : 1);
                if (!parameters.contains(name) && AbsentVault.is(context, name)) {
                    problems.at(location, node).says("uses placeholder", placeholder.group())
                            .because("which " + VaultFunctions.need(name).orElseThrow());
                } else if (!parameters.contains(name) && VaultFunctions.names().contains(name) && WITH_SPACE.matcher(placeholder.group()).matches()) {
                    problems.at(location, node).says("uses placeholder", placeholder.group()).because("which must have no space before the colon");
                }
            }
        }
    }
}
