package dev.openaigateway.explain;

import org.apache.camel.Navigate;
import org.apache.camel.Processor;
import org.apache.camel.processor.loadbalancer.FailOverLoadBalancer;
import org.apache.camel.processor.loadbalancer.TopicLoadBalancer;

import java.util.ArrayList;
import java.util.List;

/** Camel's own load balancers in a dry run: all children are followed, because a choice would count as a turn. */
final class BalancerActions {

    private BalancerActions() {
    }

    static StepAction of(Processor target) {
        if (target instanceof SafeInDryRun || target instanceof TopicLoadBalancer) {
            return StepAction.RUN;
        }
        boolean failsOver = target instanceof FailOverLoadBalancer;
        return run -> {
            run.row().note(failsOver ? "tries its steps in this order while one fails" : "runs one of its steps for each request; all are shown");
            run.explanation().orderedBy(failsOver ? null : "called if the block picks its step", failsOver);
            for (Processor child : children(target)) {
                if (run.exchange().getException() == null) {
                    run.child(child);
                }
            }
            run.explanation().orderedBy(null, false);
            return true;
        };
    }

    /** The steps inside a step, as far as it shows them. */
    static List<Processor> children(Processor target) {
        List<Processor> children = new ArrayList<>();
        if (target instanceof Navigate<?> block && block.hasNext()) {
            block.next().forEach(child -> {
                if (child instanceof Processor processor) {
                    children.add(processor);
                }
            });
        }
        return children;
    }
}
