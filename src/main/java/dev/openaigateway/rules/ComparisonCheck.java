package dev.openaigateway.rules;

import dev.openaigateway.openai.Operation;
import dev.openaigateway.rules.language.AlwaysTrue;
import dev.openaigateway.rules.yaml.Location;
import dev.openaigateway.rules.yaml.Problems;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the values with which conditions compare the gateway's exchange properties: operations, numbers, and true or false. */
final class ComparisonCheck {

    private static final Pattern COMPARED = Pattern.compile("\\$\\{exchangeProperty[.\\[]operation]?}\\s*[!=]=\\s*['\"]([^'\"$]*)['\"]");
    /** A number compared with a text that is none is compared as text, and {@code false} equals any text but {@code true}. */
    private static final Pattern TYPED = Pattern.compile("\\$\\{exchangeProperty[.\\[](stream|prompt_tokens|max_tokens|tools|images|size)]?}"
            + "\\s*([!=]=|[<>]=?)\\s*(?:['\"]([^'\"$]*)['\"]|([^\\s'\"$&|?:]+))");
    /** How people write large numbers. Camel reads the first as a number that is a text to the comparison. */
    private static final Pattern GROUPED = Pattern.compile("\\d{1,3}([,_]\\d{3})+");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
    private static final List<String> OPERATIONS = Arrays.stream(Operation.values()).map(Operation::path).sorted().toList();

    private ComparisonCheck() {
    }

    static void check(Location location, Node node, String condition, Problems problems) {
        Matcher matcher = COMPARED.matcher(condition);
        while (matcher.find()) {
            if (!OPERATIONS.contains(matcher.group(1))) {
                problems.at(location, node).says("compares the operation with", matcher.group(1)).because("which does not exist", OPERATIONS);
            }
        }
        AlwaysTrue.in(condition).ifPresent(reason -> problems.at(location, node).says("has condition", condition).because(reason));
        Matcher typed = TYPED.matcher(condition);
        while (typed.find()) {
            String value = typed.group(3) == null ? typed.group(4) : typed.group(3);
            if (typed.group(3) == null && value.equals("null")) {
                continue;
            }
            if (typed.group(1).equals("stream") ? !value.matches("(?i)true|false") : !NUMBER.matcher(value.strip()).matches()) {
                problems.at(location, node).says("compares " + typed.group(1) + " with", value)
                        .because(typed.group(1).equals("stream") ? "but it is true or false"
                                : "but it is a number" + (GROUPED.matcher(value).matches() ? "; write " + value.replaceAll("[,_]", "") : ""));
            }
        }
    }
}
