package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Engine;
import dev.openaigateway.routing.InstanceBalancer;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.routing.Policy;
import org.apache.camel.CamelContext;
import org.apache.camel.model.LoadBalanceDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.loadbalancer.CustomLoadBalancerDefinition;
import org.apache.camel.processor.loadbalancer.LoadBalancer;
import org.apache.camel.spi.Registry;

/**
 * Lets a {@code customLoadBalancer} refer to a policy by its name. Before a route is added, a load balancer is bound under
 * each name of a policy that the route refers to. It is a prototype, since a balancer belongs to one {@code loadBalance}
 * block and holds its children; and it looks its policy up when it is made, so that routes that are added after a bean was
 * replaced use the new one.
 */
public final class PolicyReferences extends ModelLifecycleStrategySupport {

    private final CamelContext context;
    private final Policies policies;
    private final Instances instances;
    private final Engine engine;

    private PolicyReferences(CamelContext context, Policies policies, Instances instances, Engine engine) {
        this.context = context;
        this.policies = policies;
        this.instances = instances;
        this.engine = engine;
    }

    /** Resolves the references of all routes that are added from now on. */
    public static void install(CamelContext context, Policies policies, Instances instances, Engine engine) {
        context.getCamelContextExtension().getContextPlugin(Model.class)
                .addModelLifecycleStrategy(new PolicyReferences(context, policies, instances, engine));
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        for (LoadBalanceDefinition block : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), LoadBalanceDefinition.class)) {
            if (block.getLoadBalancerType() instanceof CustomLoadBalancerDefinition custom && custom.getRef() != null) {
                bind(context.resolvePropertyPlaceholders(custom.getRef()));
            }
        }
    }

    /** A load balancer that is bound under the name already stays; a name without a policy is left to Camel to refuse. */
    private void bind(String name) {
        Registry registry = context.getRegistry();
        if (policies.named(name).isPresent() && registry.lookupByNameAndType(name, LoadBalancer.class) == null) {
            registry.bindAsPrototype(name, LoadBalancer.class, () -> new InstanceBalancer(policy(name), instances, engine));
        }
    }

    private Policy policy(String name) {
        return policies.named(name).orElseThrow(() -> new IllegalStateException("There is no policy '" + name + "' any more."));
    }
}
