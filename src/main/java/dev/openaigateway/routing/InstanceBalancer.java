package dev.openaigateway.routing;

import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Channel;
import org.apache.camel.EndpointAware;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.processor.loadbalancer.LoadBalancerSupport;

import java.util.Collection;
import java.util.List;

/**
 * The {@code customLoadBalancer} behind every policy: its children are the instances that a rule offers, and the
 * engine tries them in the policy's order, one model after the other. One balancer belongs to one {@code loadBalance} block. Thread-safe once its route runs.
 */
public final class InstanceBalancer extends LoadBalancerSupport {

    /** The stages of the children for one set of configured instances. */
    private record Offer(Collection<Instance> configured, List<Stage> stages) {
    }

    private final Policy policy;
    private final Instances instances;
    private final Engine engine;
    private volatile StageLayout layout = StageLayout.EMPTY;
    private volatile Offer offer = new Offer(List.of(), List.of());

    public InstanceBalancer(Policy policy, Instances instances, Engine engine) {
        this.policy = policy;
        this.instances = instances;
        this.engine = engine;
    }

    @Override
    public void addProcessor(AsyncProcessor processor) {
        super.addProcessor(processor);
        layout = layout.with(reference(processor), processor);
        offer = new Offer(List.of(), List.of());
    }

    /** Sets every failure on the exchange, because an exchange never completes if a load balancer throws. */
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            engine.run(exchange, policy, offered());
        } catch (Exception | Error e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    /** Rebuilt by the first request after a reload. */
    private List<Stage> offered() {
        Offer known = offer;
        Collection<Instance> configured = instances.all();
        if (known.configured() != configured) {
            known = new Offer(configured, layout.stages(configured));
            offer = known;
        }
        return known.stages();
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
