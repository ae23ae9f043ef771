package dev.openaigateway.explain;

import org.apache.camel.NamedNode;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.FinallyDefinition;
import org.apache.camel.model.InterceptDefinition;
import org.apache.camel.model.OnCompletionDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.WhenDefinition;

import java.util.List;

/** The branch of a rule that a step is in. */
final class StepBranch {

    private StepBranch() {
    }

    /** The nearest branch around the step, such as {@code when ${header.x-team} == 'research' (line 12)}; null if there is none. */
    static String of(NamedNode step) {
        NamedNode child = step;
        for (NamedNode at = step.getParent(); at != null && !(at instanceof RouteDefinition); at = at.getParent()) {
            String branch = at instanceof ChoiceDefinition choice ? in(choice, child) : of(at, child);
            if (branch != null) {
                return branch;
            }
            child = at;
        }
        return null;
    }

    /** The branch or block around a node; null around a route. */
    static NamedNode around(NamedNode node) {
        NamedNode parent = node.getParent();
        if (parent instanceof ChoiceDefinition choice) {
            for (WhenDefinition when : choice.getWhenClauses()) {
                if (holds(when.getOutputs(), node)) {
                    return when;
                }
            }
            return choice.getOtherwise() != null && holds(choice.getOtherwise().getOutputs(), node) ? choice.getOtherwise() : choice;
        }
        return parent;
    }

    /** Camel names the choice as the parent of the steps in its branches. */
    private static String in(ChoiceDefinition choice, NamedNode child) {
        for (WhenDefinition when : choice.getWhenClauses()) {
            if (child == when || holds(when.getOutputs(), child)) {
                return "when " + StepText.of(when.getExpression()) + line(when);
            }
        }
        return choice.getOtherwise() == null ? null : "otherwise" + line(choice.getOtherwise());
    }

    private static String of(NamedNode parent, NamedNode child) {
        if (parent instanceof CatchDefinition caught) {
            return "doCatch " + String.join(", ", caught.getExceptions()) + line(parent);
        }
        if (parent instanceof OnExceptionDefinition caught) {
            return "onException " + String.join(", ", caught.getExceptions()) + line(parent);
        }
        if (parent instanceof FinallyDefinition || parent instanceof OnCompletionDefinition || parent instanceof InterceptDefinition) {
            return parent.getShortName() + line(parent);
        }
        boolean fallback = parent instanceof CircuitBreakerDefinition breaker && breaker.getOnFallback() != null
                && holds(breaker.getOnFallback().getOutputs(), child);
        return fallback ? "onFallback" + line(parent) : null;
    }

    private static boolean holds(List<ProcessorDefinition<?>> steps, NamedNode child) {
        return steps.stream().anyMatch(step -> step == child);
    }

    private static String line(NamedNode branch) {
        return branch.getLineNumber() > 0 ? " (line " + branch.getLineNumber() + ")" : "";
    }
}
