package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Engine;
import dev.openaigateway.routing.Instances;
import org.apache.camel.CamelContext;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.LoadBalanceDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.loadbalancer.CustomLoadBalancerDefinition;
import org.apache.camel.processor.loadbalancer.LoadBalancer;

import java.util.List;

/**
 * Lets a {@code customLoadBalancer} refer to a policy by name. Before a route is added, each block that refers to a policy
 * gets a load balancer of its own, since a balancer holds the children of its block. None is bound in the registry, where it
 * would outlive the route. The policy is looked up at this moment, so routes added after a bean was replaced use the new bean.
 * Camel's own balancers with instances as children are replaced by policies with the same order.
 */
public final class PolicyReferences extends ModelLifecycleStrategySupport {

    private final CamelContext context;
    private final CamelBalancers camels;
    private final Policies policies;
    private final Instances instances;
    private final Engine engine;

    private PolicyReferences(CamelContext context, Policies policies, Instances instances, Engine engine) {
        this.context = context;
        this.camels = new CamelBalancers(context, policies::configured);
        this.policies = policies;
        this.instances = instances;
        this.engine = engine;
    }

    /** Resolves the references in all routes that are added later. */
    public static void install(CamelContext context, Policies policies, Instances instances, Engine engine) {
        context.getCamelContextExtension().getContextPlugin(Model.class)
                .addModelLifecycleStrategy(new PolicyReferences(context, policies, instances, engine));
    }

    /** @throws IllegalArgumentException if a block cannot work with the instances in it */
    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        resolve(route.getOutputs());
        for (CircuitBreakerDefinition block : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), CircuitBreakerDefinition.class)) {
            located(block, () -> refuseInstances(block));
        }
    }

    private void resolve(List<ProcessorDefinition<?>> steps) {
        for (int i = 0; i < steps.size(); i++) {
            if (!(steps.get(i) instanceof LoadBalanceDefinition block)) {
                resolve(steps.get(i).getOutputs());
            } else if (block.getLoadBalancerType() instanceof CustomLoadBalancerDefinition custom && custom.getRef() != null) {
                refer(custom, context.resolvePropertyPlaceholders(custom.getRef()));
            } else {
                int place = i;
                located(block, () -> camels.replacement(block).ifPresent(replacement -> steps.set(place, replaced(block, replacement))));
            }
        }
    }

    /** A copy of the block with another balancer, since a block does not accept a second one. */
    private LoadBalanceDefinition replaced(LoadBalanceDefinition block, CamelBalancers.Replacement replacement) {
        CustomLoadBalancerDefinition custom = new CustomLoadBalancerDefinition();
        custom.setRef(replacement.name());
        custom.setCustomLoadBalancer(new InstanceBalancer(replacement.make().get(), instances, engine));
        LoadBalanceDefinition copy = new LoadBalanceDefinition();
        copy.setLoadBalancerType(custom);
        copy.setOutputs(block.getOutputs());
        copy.getOutputs().forEach(child -> child.setParent(copy));
        copy.setParent(block.getParent());
        copy.setId(block.getId());
        copy.setDescription(block.getDescription());
        copy.setNote(block.getNote());
        copy.setDisabled(block.getDisabled());
        copy.setLocation(block.getLocation());
        copy.setLineNumber(block.getLineNumber());
        return copy;
    }

    /** The steps in a {@code circuitBreaker} get a copy of the exchange, whose response is closed before the client has it. */
    private static void refuseInstances(CircuitBreakerDefinition block) {
        for (ToDefinition to : ProcessorDefinitionHelper.filterTypeInOutputs(block.getOutputs(), ToDefinition.class)) {
            if (to.getUri() != null && to.getUri().startsWith("instance:")) {
                throw new IllegalArgumentException("circuitBreaker cannot hold '" + to.getUri() + "', " + BalancerAdvice.CIRCUIT_BREAKER);
            }
        }
    }

    private static void located(ProcessorDefinition<?> block, Runnable step) {
        try {
            step.run();
        } catch (IllegalArgumentException e) {
            ProcessorDefinition<?> place = block.getLocation() == null && !block.getOutputs().isEmpty() ? block.getOutputs().get(0) : block;
            String location = place.getLocation() == null ? "" : place.getLocation() + ":" + place.getLineNumber() + ": ";
            throw new IllegalArgumentException(location + e.getMessage());
        }
    }

    /** Leaves a name to a load balancer of Camel that is bound under it. Camel rejects a name that has no policy. */
    private void refer(CustomLoadBalancerDefinition custom, String name) {
        if (context.getRegistry().lookupByNameAndType(name, LoadBalancer.class) == null) {
            policies.named(name).ifPresent(policy -> custom.setCustomLoadBalancer(new InstanceBalancer(policy, instances, engine)));
        }
    }
}
