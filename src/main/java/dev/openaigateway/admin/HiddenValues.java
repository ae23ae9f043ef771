package dev.openaigateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.util.List;
import java.util.function.UnaryOperator;

/** Hides values in what an explanation says of the run of the rules. Names of instances, models, routes and steps stay. */
final class HiddenValues {

    private static final List<String> WHOLE = List.of("calls", "answer", "notes");
    private static final List<String> OF_A_STEP = List.of("changes", "notes");

    private HiddenValues() {
    }

    static void hide(ObjectNode document, UnaryOperator<String> hiding) {
        hide(document, WHOLE, hiding);
        document.path("steps").forEach(step -> hide((ObjectNode) step, OF_A_STEP, hiding));
    }

    private static void hide(ObjectNode object, List<String> names, UnaryOperator<String> hiding) {
        names.stream().filter(object::has).forEach(name -> object.set(name, hidden(object.get(name), hiding)));
    }

    private static JsonNode hidden(JsonNode node, UnaryOperator<String> hiding) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(entry -> entry.setValue(hidden(entry.getValue(), hiding)));
        } else if (node instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                list.set(i, hidden(list.get(i), hiding));
            }
        }
        return node.isTextual() ? TextNode.valueOf(hiding.apply(node.textValue())) : node;
    }
}
