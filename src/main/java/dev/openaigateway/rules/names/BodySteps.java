package dev.openaigateway.rules.names;

import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlText;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which steps may replace the body of a message, and from where on. */
final class BodySteps {

    /** Steps after which the body may be another one, but not before. */
    private static final Set<String> REPLACING = Set.of("ToDefinition", "ToDynamicDefinition", "WireTapDefinition", "PollDefinition", "EnrichDefinition",
            "PollEnrichDefinition", "RecipientListDefinition", "RoutingSlipDefinition", "DynamicRouterDefinition", "SetBodyDefinition", "TransformDefinition",
            "UnmarshalDefinition", "MarshalDefinition", "ConvertBodyDefinition", "ClaimCheckDefinition", "TransformDataTypeDefinition", "GroovyExpression");
    /** Steps and expressions that leave the body as it is, if the steps in them do. Before any other one it may be another already. */
    private static final Set<String> KEEPING = Set.of("", "ProcessorDefinition", "FromDefinition", "RouteFromDefinitionDeserializer", "RouteDefinition",
            "ChoiceDefinition", "WhenDefinition", "OtherwiseDefinition", "FilterDefinition", "LogDefinition", "SetHeaderDefinition", "SetHeadersDefinition",
            "SetPropertyDefinition", "SetVariableDefinition", "SetVariablesDefinition", "RemoveHeaderDefinition", "RemoveHeadersDefinition",
            "RemovePropertyDefinition", "RemovePropertiesDefinition", "RemoveVariableDefinition", "DelayDefinition", "ThrottleDefinition",
            "ValidateDefinition", "StopDefinition", "ThrowExceptionDefinition", "TryDefinition", "CatchDefinition", "FinallyDefinition",
            "OnWhenDefinition", "ExpressionDefinition", "StepDefinition", "MulticastDefinition", "LoadBalanceDefinition", "ConstantExpression",
            "SimpleExpression", "JqExpression", "JsonPathExpression", "HeaderExpression", "ExchangePropertyExpression", "VariableExpression");
    /** What lets an expression in {@code simple} replace the body. */
    private static final Pattern CALL = Pattern.compile("bean:|\\bsetBody\\b");

    private BodySteps() {
    }

    /** The position in the file from which on the body may be another one; empty if the node leaves it as it is. */
    static Optional<Integer> replaced(VisitedNode visit) {
        boolean calls = visit.model().equals("SimpleExpression")
                && visit.textOrShort("expression").filter(text -> CALL.matcher(YamlText.text(text)).find()).isPresent();
        return KEEPING.contains(visit.model()) && !calls ? Optional.empty()
                : calls || REPLACING.contains(visit.model()) ? visit.node().getEndMark().map(Mark::getIndex) : Optional.of(start(visit.node()));
    }

    static int start(Node node) {
        return node.getStartMark().map(Mark::getIndex).orElse(0);
    }
}
