package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Policy;
import org.apache.camel.CamelContext;
import org.apache.camel.model.LoadBalanceDefinition;
import org.apache.camel.model.LoadBalancerDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.loadbalancer.FailoverLoadBalancerDefinition;
import org.apache.camel.model.loadbalancer.RandomLoadBalancerDefinition;
import org.apache.camel.model.loadbalancer.RoundRobinLoadBalancerDefinition;
import org.apache.camel.model.loadbalancer.StickyLoadBalancerDefinition;
import org.apache.camel.model.loadbalancer.TopicLoadBalancerDefinition;
import org.apache.camel.model.loadbalancer.WeightedLoadBalancerDefinition;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Policies with the orders of Camel's own balancers, for blocks whose children are instances. A policy also fails over,
 * skips unavailable instances, and supports dry runs; Camel's own balancers do neither.
 */
final class CamelBalancers {

    private static final String INSTANCE = "instance:";

    /**
     * The policy in place of a balancer of Camel.
     *
     * @param name of a balancer with this policy; blocks with the same name have the same kind of policy
     * @param make creates the policy of one block
     */
    record Replacement(String name, Supplier<Policy> make) {
    }

    private final CamelContext context;
    private final Supplier<Policy> configured;

    /** @param configured creates the policy of the settings, which orders the instances of a group */
    CamelBalancers(CamelContext context, Supplier<Policy> configured) {
        this.context = context;
        this.configured = configured;
    }

    /**
     * The replacement for the block's balancer. A child with several instances, such as {@code instance:*}, is a group. Empty if
     * the balancer is not one of Camel's, if a child is not an instance, or if the balancer cannot be replaced with groups: then
     * each child is balanced by itself.
     *
     * @throws IllegalArgumentException if the balancer cannot work with instances
     */
    Optional<Replacement> replacement(LoadBalanceDefinition block) {
        List<ProcessorDefinition<?>> children = block.getOutputs();
        if (children.stream().noneMatch(child -> uri(child).startsWith(INSTANCE))) {
            return Optional.empty();
        }
        LoadBalancerDefinition balancer = block.getLoadBalancerType();
        if (balancer instanceof TopicLoadBalancerDefinition) {
            throw new IllegalArgumentException("topicLoadBalancer " + BalancerAdvice.TOPIC);
        }
        boolean known = children.stream().map(CamelBalancers::uri).allMatch(uri -> uri.startsWith(INSTANCE) && !uri.contains("${"));
        boolean oneEach = known && children.stream().map(CamelBalancers::uri).noneMatch(uri -> uri.startsWith(INSTANCE + "*"));
        if (balancer instanceof FailoverLoadBalancerDefinition failover) {
            return failover(failover, block, oneEach);
        }
        if (oneEach) {
            return chosen(balancer, children);
        }
        return known && children.stream().map(CamelBalancers::uri).noneMatch(CamelBalancers::asksAnotherModel)
                ? chosenGroup(balancer, children) : Optional.empty();
    }

    /** Children with {@code model} or {@code when} would become fallbacks of one another. */
    private static boolean asksAnotherModel(String uri) {
        return uri.contains("?model=") || uri.contains("&model=") || uri.contains("?when=") || uri.contains("&when=");
    }

    /** With groups of instances Camel's own balancer fails over from group to group, once it sees their errors. */
    private Optional<Replacement> failover(FailoverLoadBalancerDefinition failover, LoadBalanceDefinition block, boolean oneEach) {
        List<String> exceptions = failover.getExceptions();
        if (exceptions != null && !exceptions.isEmpty() && exceptions.stream().map(this::text).noneMatch(BalancerAdvice.ANY_FAILURE::contains)) {
            throw new IllegalArgumentException("failoverLoadBalancer " + BalancerAdvice.EXCEPTIONS);
        }
        int size = block.getOutputs().size();
        Integer most = number(failover.getMaximumFailoverAttempts());
        boolean unbounded = most == null || most < 0;
        boolean inTurn = Boolean.parseBoolean(text(failover.getRoundRobin()));
        if (!oneEach) {
            block.setInheritErrorHandler(false);
            if (inTurn && unbounded) {
                failover.setMaximumFailoverAttempts(String.valueOf(size - 1));
            }
            return Optional.empty();
        }
        ChildOrder.Start start = Boolean.parseBoolean(text(failover.getSticky())) ? ChildOrder.Start.LAST_GOOD
                : inTurn ? ChildOrder.Start.IN_TURN : ChildOrder.Start.FIRST;
        int attempts = unbounded ? size : Math.min(size, most + 1);
        return Optional.of(new Replacement("failoverLoadBalancer-" + start + "-" + attempts,
                () -> new ChildOrder("failoverLoadBalancer", start, attempts)));
    }

    private Optional<Replacement> chosen(LoadBalancerDefinition balancer, List<ProcessorDefinition<?>> children) {
        if (balancer instanceof RoundRobinLoadBalancerDefinition) {
            return Optional.of(new Replacement("roundRobinLoadBalancer", RoundRobin::new));
        }
        if (balancer instanceof RandomLoadBalancerDefinition) {
            return Optional.of(new Replacement("randomLoadBalancer",
                    () -> new ChildOrder("randomLoadBalancer", ChildOrder.Start.RANDOM, children.size())));
        }
        if (balancer instanceof WeightedLoadBalancerDefinition weighted) {
            weigh(weighted, children);
            return Optional.of(new Replacement("weightedLoadBalancer", Weighted::new));
        }
        if (balancer instanceof StickyLoadBalancerDefinition sticky) {
            ExpressionDefinition key = sticky.getCorrelationExpression().getExpressionType();
            return Optional.of(new Replacement("stickyLoadBalancer-" + key.getLanguage() + "-" + key.getExpression(),
                    () -> new Sticky(key.createExpression(context))));
        }
        return Optional.empty();
    }

    private Optional<Replacement> chosenGroup(LoadBalancerDefinition balancer, List<ProcessorDefinition<?>> children) {
        if (balancer instanceof StickyLoadBalancerDefinition) {
            return Optional.empty();
        }
        return chosen(balancer, children).map(chosen -> new Replacement(chosen.name() + "-groups", () -> {
            Policy groups = chosen.make().get();
            return new GroupOrder(chosen.name(), groups, configured.get());
        }));
    }

    /** Sets the ratios as weights of the children. */
    private void weigh(WeightedLoadBalancerDefinition weighted, List<ProcessorDefinition<?>> children) {
        String delimiter = weighted.getDistributionRatioDelimiter() == null ? "," : text(weighted.getDistributionRatioDelimiter());
        String[] ratios = text(weighted.getDistributionRatio()).split(delimiter);
        if (ratios.length != children.size()) {
            throw new IllegalArgumentException("weightedLoadBalancer " + BalancerAdvice.ratios(ratios.length, children.size()));
        }
        for (int i = 0; i < ratios.length; i++) {
            ToDefinition child = (ToDefinition) children.get(i);
            if (child.getUri().contains("?weight=") || child.getUri().contains("&weight=")) {
                throw new IllegalArgumentException("weightedLoadBalancer has a ratio for '" + child.getUri()
                        + "', which has a weight too; leave the weight out");
            }
            child.setUri(child.getUri() + (child.getUri().contains("?") ? "&" : "?") + "weight=" + number(ratios[i].strip()));
        }
    }

    private Integer number(String text) {
        return text == null ? null : Integer.valueOf(text(text));
    }

    private String text(String value) {
        return value == null ? null : context.resolvePropertyPlaceholders(value);
    }

    private static String uri(ProcessorDefinition<?> child) {
        return child instanceof ToDefinition to && to.getUri() != null ? to.getUri() : "";
    }
}
