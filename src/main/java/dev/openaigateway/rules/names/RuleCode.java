package dev.openaigateway.rules.names;

import dev.openaigateway.config.RoutingSettings.Strategy;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds where code of the rule's writer runs, which may set properties and variables as a step does. */
final class RuleCode {

    private static final Set<String> STEPS = Set.of("ProcessDefinition", "BeanDefinition", "ScriptDefinition", "MethodCallExpression");
    /** Endpoints that run code. */
    private static final Pattern ENDPOINT = Pattern.compile("(?<![\\w.-])(bean|class|language|exec):");
    /** Keys of steps that name a bean to which Camel gives the exchange. */
    private static final Set<String> BEANS = Set.of("aggregationStrategy", "onPrepare", "onPrepareFailureRef", "onPrepareRef", "onRedeliveryRef",
            "onExceptionOccurredRef", "processorRef");
    /** Classes that leave properties and variables of rules as they are, unless they run a script. */
    private static final Pattern FOREIGN = Pattern.compile("(#class:)?(java|javax|org\\.apache\\.camel)\\..*");
    private static final Set<String> MAKERS = Set.of("script", "factoryBean");

    private RuleCode() {
    }

    static boolean isIn(VisitedNode visit) {
        if (STEPS.contains(visit.model()) || (visit.isSend() || visit.isPoll())
                && visit.uri().filter(uri -> ENDPOINT.matcher(YamlText.text(uri)).lookingAt()).isPresent()) {
            return true;
        }
        return switch (visit.model()) {
            case "SimpleExpression", "ConstantExpression" -> visit.textOrShort("expression").filter(text -> ENDPOINT.matcher(YamlText.text(text)).find()).isPresent();
            case "BeanFactoryDefinition" -> MAKERS.stream().anyMatch(key -> YamlNodes.at(visit.node(), key).isPresent())
                    || YamlNodes.text(visit.node(), "type").filter(type -> !FOREIGN.matcher(type).matches()).isPresent();
            case "CustomLoadBalancerDefinition" -> visit.textOrShort("ref").map(YamlText::text).filter(ref -> !isOwn(ref)).isPresent();
            default -> BEANS.stream().anyMatch(key -> YamlNodes.text(visit.node(), key).filter(name -> !FOREIGN.matcher(name).matches()).isPresent());
        };
    }

    /** Whether it is a policy of the gateway. */
    private static boolean isOwn(String policy) {
        return policy.equals("configured") || Arrays.stream(Strategy.values()).map(Strategy::policy).anyMatch(policy::equals);
    }
}
