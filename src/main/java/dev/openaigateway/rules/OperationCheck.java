package dev.openaigateway.rules;

import dev.openaigateway.openai.Operation;
import dev.openaigateway.rules.yaml.Location;
import dev.openaigateway.rules.yaml.Problems;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the values with which conditions compare the operation of a request. */
final class OperationCheck {

    private static final Pattern COMPARED = Pattern.compile("\\$\\{exchangeProperty[.\\[]operation]?}\\s*[!=]=\\s*['\"]([^'\"$]*)['\"]");
    private static final List<String> OPERATIONS = Arrays.stream(Operation.values()).map(Operation::path).sorted().toList();

    private OperationCheck() {
    }

    static void check(Location location, Node node, String condition, Problems problems) {
        Matcher matcher = COMPARED.matcher(condition);
        while (matcher.find()) {
            if (!OPERATIONS.contains(matcher.group(1))) {
                problems.unknown(location, node, "compares the operation with", matcher.group(1), "which does not exist", OPERATIONS);
            }
        }
    }
}
