package dev.openaigateway.routing.policy;

import dev.openaigateway.explain.SafeInDryRun;
import dev.openaigateway.fallback.FallbackTrigger;
import dev.openaigateway.routing.Engine;
import dev.openaigateway.routing.InstanceReference;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.routing.Stages;
import dev.openaigateway.routing.Policy;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Channel;
import org.apache.camel.EndpointAware;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.processor.loadbalancer.LoadBalancerSupport;

/**
 * The {@code customLoadBalancer} behind every policy: its children are the instances that a rule offers, and the
 * engine tries them in the policy's order. One balancer belongs to one {@code loadBalance} block. Thread-safe once its route runs.
 */
public final class InstanceBalancer extends LoadBalancerSupport implements SafeInDryRun {

    private final Policy policy;
    private final Engine engine;
    private final Stages stages;

    public InstanceBalancer(Policy policy, Instances instances, Engine engine) {
        this.policy = policy;
        this.engine = engine;
        this.stages = new Stages(instances);
    }

    @Override
    public void addProcessor(AsyncProcessor processor) {
        super.addProcessor(processor);
        stages.add(reference(processor), processor);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (stages.fallsBackAfter(FallbackTrigger.BUDGET)) {
            engine.budgetFallbacks().started();
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (stages.fallsBackAfter(FallbackTrigger.BUDGET)) {
            engine.budgetFallbacks().stopped();
        }
        super.doStop();
    }

    /** Sets every failure on the exchange, because an exchange never completes if a load balancer throws. */
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            engine.serve(exchange, policy, stages.stages());
        } catch (Exception | Error e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    private static InstanceReference reference(AsyncProcessor processor) {
        Processor next = processor instanceof Channel channel ? channel.getNextProcessor() : processor;
        if (next instanceof EndpointAware sender && sender.getEndpoint() instanceof InstanceReference reference) {
            return reference;
        }
        throw new IllegalArgumentException(
                "A loadBalance block with one of the gateway's policies may only hold 'to: instance:NAME' steps, not " + next + ".");
    }
}
