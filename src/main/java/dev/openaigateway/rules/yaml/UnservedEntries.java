package dev.openaigateway.rules.yaml;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Entries of Camel's route files that have no effect in the gateway, or end its start, with what to write in place of them. */
public final class UnservedEntries {

    private static final String REST = "which the gateway does not serve; begin a route with 'platform-http:/PATH', in a route file of its own such as "
            + "mine.camel.yaml";
    private static final Map<String, String> IN_RULES = Map.of("rest", REST, "restConfiguration", REST, "interceptSendToEndpoint",
            "which sees no send of routes in other files; put its steps before the 'to', or use 'intercept'");
    private static final Set<String> OF_REST = Set.of("rest", "restConfiguration");

    private UnservedEntries() {
    }

    /** Reports the entries of a file that Camel loads itself which would end the start without naming it. */
    public static void checkOther(RulesText file, Problems problems) {
        for (Node entry : YamlText.parse(file.name(), file.text(), new Problems()).map(YamlNodes::items).orElseGet(List::of)) {
            if (OF_REST.contains(kind(entry))) {
                report(Location.top(file), entry, problems);
            }
        }
    }

    /** Reports an entry of a file with rules or event routes. Returns whether it did. */
    public static boolean report(Location top, Node entry, Problems problems) {
        Optional<String> advice = Optional.ofNullable(IN_RULES.get(kind(entry)));
        advice.ifPresent(text -> problems.at(top, entry).says("has '" + kind(entry) + "'").because(text));
        return advice.isPresent();
    }

    private static String kind(Node entry) {
        return entry instanceof MappingNode object && !object.getValue().isEmpty() ? String.valueOf(YamlText.key(object.getValue().get(0))) : "";
    }
}
