package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Engine;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.routing.Policy;
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
import org.apache.camel.spi.Registry;

import java.util.List;

/**
 * Lets a {@code customLoadBalancer} refer to a policy by name. Before a route is added, a load balancer is bound under the
 * name of each policy that the route refers to. It is a prototype, because a balancer belongs to one {@code loadBalance}
 * block and holds its children. It looks up its policy when it is created, so routes added after a bean was replaced use
 * the new bean. Camel's own balancers with instances as children are replaced by policies with the same order.
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
                bind(context.resolvePropertyPlaceholders(custom.getRef()));
            } else {
                int place = i;
                located(block, () -> camels.replacement(block).ifPresent(replacement -> steps.set(place, replaced(block, replacement))));
            }
        }
    }

    /** A copy of the block with another balancer, since a block does not accept a second one. */
    private LoadBalanceDefinition replaced(LoadBalanceDefinition block, CamelBalancers.Replacement replacement) {
        context.getRegistry().bindAsPrototype(replacement.name(), LoadBalancer.class,
                () -> new InstanceBalancer(replacement.make().get(), instances, engine));
        CustomLoadBalancerDefinition custom = new CustomLoadBalancerDefinition();
        custom.setRef(replacement.name());
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

    /** Keeps a load balancer that is already bound under the name. Camel rejects a name that has no policy. */
    private void bind(String name) {
        Registry registry = context.getRegistry();
        if (policies.named(name).isPresent() && registry.lookupByNameAndType(name, LoadBalancer.class) == null) {
            registry.bindAsPrototype(name, LoadBalancer.class, () -> new InstanceBalancer(policy(name), instances, engine));
        }
    }

    private Policy policy(String name) {
        return policies.named(name).orElseThrow(() -> new IllegalStateException("There is no policy '" + name + "'."));
    }
}
