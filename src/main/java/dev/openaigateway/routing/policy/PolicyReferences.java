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
 * Lets a {@code customLoadBalancer} refer to a policy by name. Before a route is added, a load balancer is bound under the
 * name of each policy that the route refers to. It is a prototype, because a balancer belongs to one {@code loadBalance}
 * block and holds its children. It looks up its policy when it is created, so routes added after a bean was replaced use
 * the new bean.
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

    /** Resolves the references in all routes that are added later. */
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
