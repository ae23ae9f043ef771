package dev.openaigateway.explain;

import dev.openaigateway.recipient.RecipientGuard;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.LoadBalanceDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.ThrowExceptionDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.loadbalancer.CustomLoadBalancerDefinition;

import java.util.regex.Pattern;

/** The text of a step: its expression, endpoint, policy or message. Values of secrets are hidden. */
final class StepText {

    /** The query of an endpoint in a list, which may hold a secret. */
    private static final Pattern QUERY = Pattern.compile("\\?[^,\\s]*");

    private StepText() {
    }

    /** Null if there is nothing to say. */
    static String of(ProcessorDefinition<?> step) {
        if (step instanceof SetHeaderDefinition header) {
            return assigned(header.getName(), header.getExpression());
        }
        if (step instanceof SetPropertyDefinition property) {
            return assigned(property.getName(), property.getExpression());
        }
        if (step instanceof SetVariableDefinition variable) {
            return assigned(variable.getName(), variable.getExpression());
        }
        if (step instanceof ExpressionNode expression) {
            String text = of(expression.getExpression());
            return text == null || !RecipientGuard.namesEndpoints(step) ? text : QUERY.matcher(text).replaceAll("");
        }
        if (step instanceof ThrowExceptionDefinition thrown) {
            return thrown.getMessage();
        }
        if (step instanceof ToDynamicDefinition dynamic) {
            return Destination.withoutSecrets(dynamic.getUri());
        }
        if (step instanceof SendDefinition<?> send) {
            return Destination.withoutSecrets(send.getUri());
        }
        if (step instanceof LoadBalanceDefinition block) {
            return block.getLoadBalancerType() instanceof CustomLoadBalancerDefinition custom ? custom.getRef()
                    : String.valueOf(block.getLoadBalancerType());
        }
        return step instanceof ChoiceDefinition || !step.getOutputs().isEmpty() ? null : label(step);
    }

    /** The text of an expression, with its language unless that is the usual one. */
    static String of(ExpressionDefinition expression) {
        if (expression == null) {
            return null;
        }
        String text = expression.getLabel().strip();
        String language = expression.getLanguage();
        return language == null || language.equals("simple") || language.equals("constant") ? text : language + ": " + text;
    }

    private static String label(ProcessorDefinition<?> step) {
        String label = step.getLabel();
        if (label == null || label.isBlank() || label.equals(step.getShortName())) {
            return null;
        }
        String prefix = step.getShortName() + "[";
        return label.startsWith(prefix) && label.endsWith("]") ? label.substring(prefix.length(), label.length() - 1) : label;
    }

    private static String assigned(String name, ExpressionDefinition value) {
        return name + " = " + (RequestState.isSecret(name) ? RequestState.HIDDEN : of(value));
    }
}
