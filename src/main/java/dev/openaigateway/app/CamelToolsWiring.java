package dev.openaigateway.app;

import dev.openaigateway.admin.InstanceAdmin;
import dev.openaigateway.admin.InstanceStatus;
import dev.openaigateway.admin.RouteExplanation;
import dev.openaigateway.admin.StatusDocuments;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.reload.Reload;
import dev.openaigateway.throttle.ActiveLimiter;
import dev.openaigateway.throttle.LimitStates;
import dev.openaigateway.throttle.RedisState;
import dev.openaigateway.tools.GatewayCheck;
import dev.openaigateway.tools.GatewayConsole;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.service.ServiceSupport;

import java.util.List;
import java.util.Map;

/** Adds health checks and developer consoles to the registries of Camel, if it has them: both are off by default. */
final class CamelToolsWiring extends ServiceSupport {

    private final CamelContext context;
    private final StatusDocuments statuses;
    private final InstanceAdmin instances;
    private final RouteExplanation explanation;
    private final ActiveLimiter limiter;
    private final LiveSettings settings;
    private final Reload reload;

    CamelToolsWiring(CamelContext context, StatusDocuments statuses, InstanceAdmin instances, RouteExplanation explanation,
                     ActiveLimiter limiter, LiveSettings settings, Reload reload) {
        this.context = context;
        this.statuses = statuses;
        this.instances = instances;
        this.explanation = explanation;
        this.limiter = limiter;
        this.settings = settings;
        this.reload = reload;
    }

    @Override
    protected void doStart() {
        HealthCheckRegistry checks = context.getCamelContextExtension().getContextPlugin(HealthCheckRegistry.class);
        if (checks != null && checks.isEnabled()) {
            List.of(new GatewayCheck("gateway-instances", this::instances), new GatewayCheck("gateway-redis", this::redis),
                    new GatewayCheck("gateway-rules", this::rules)).forEach(check -> {
                        CamelContextAware.trySetCamelContext(check, context);
                        checks.register(check);
                    });
        }
        DevConsoleRegistry consoles = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
        if (consoles != null && consoles.isEnabled()) {
            List.of(new GatewayConsole("instances", "Instances", "Instances with breaker, bench, limits and models", options -> instances.list()),
                    new GatewayConsole("limits", "Limits", "Limits of gateway, clients, instances and models, with what is used",
                            options -> Map.of("limits", new LimitStates(settings, limiter).read(1))),
                    new GatewayConsole("explain", "Explain", "What the rules would do with a request; option model and those of /admin/route",
                            explanation::explain)).forEach(console -> {
                                console.setCamelContext(context);
                                consoles.register(console);
                            });
        }
    }

    private String instances(Map<String, Object> details) {
        List<InstanceStatus> all = statuses.all();
        long healthy = all.stream().filter(InstanceStatus::healthy).count();
        all.forEach(instance -> details.put(instance.name(), instance.status()));
        return all.isEmpty() || healthy > 0 ? null : "No instance can be called.";
    }

    private String redis(Map<String, Object> details) {
        RedisState state = limiter.redis();
        details.put("redis", state == RedisState.NOT_USED ? "not used" : state.word());
        return state == RedisState.UNAVAILABLE ? "Redis does not respond." : null;
    }

    private String rules(Map<String, Object> details) {
        return reload.refusal().map(why -> "The files on disk are refused: " + why).orElse(null);
    }
}
