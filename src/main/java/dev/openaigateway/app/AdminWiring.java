package dev.openaigateway.app;

import dev.openaigateway.admin.Alive;
import dev.openaigateway.admin.AvailabilityGauges;
import dev.openaigateway.admin.ChangeLog;
import dev.openaigateway.admin.ClientAdmin;
import dev.openaigateway.admin.ConfigDocuments;
import dev.openaigateway.admin.InstanceAdmin;
import dev.openaigateway.admin.JsonResponder;
import dev.openaigateway.healthcheck.ModelHealth;
import dev.openaigateway.admin.Ready;
import dev.openaigateway.admin.Root;
import dev.openaigateway.admin.RouteExplanation;
import dev.openaigateway.admin.StatsDocuments;
import dev.openaigateway.admin.StatusDocuments;
import dev.openaigateway.admin.Warnings;
import dev.openaigateway.call.InFlight;
import dev.openaigateway.config.KeyedClient;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.dashboard.RequestDocuments;
import dev.openaigateway.demo.Demo;
import dev.openaigateway.events.StoredUsage;
import dev.openaigateway.explain.DryRuns;
import dev.openaigateway.identity.AccessTokens;
import dev.openaigateway.reload.Reload;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.stats.Dimension;
import dev.openaigateway.stats.RecentRequests;
import dev.openaigateway.stats.StatsReport;
import dev.openaigateway.throttle.ActiveLimiter;
import dev.openaigateway.throttle.LimitGauges;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Binds the beans of the admin routes. */
final class AdminWiring {

    private final CamelContext context;
    private final InstantSource clock;
    private final Instances instances;
    private final LiveSettings settings;
    private final ActiveLimiter limiter;
    private final Reload reload;
    private final DryRuns dryRuns;
    private final ChangeLog changes;
    private final StatusDocuments statuses;
    private final Supplier<UnaryOperator<String>> hiding;
    private CamelToolsWiring tools;

    AdminWiring(CamelContext context, InstantSource clock, Instances instances, AccessTokens tokens, LiveSettings settings,
               ActiveLimiter limiter, Reload reload, DryRuns dryRuns, ChangeLog changes, Supplier<UnaryOperator<String>> hiding) {
        this.hiding = hiding;
        this.changes = changes;
        this.context = context;
        this.clock = clock;
        this.instances = instances;
        this.settings = settings;
        this.limiter = limiter;
        this.reload = reload;
        this.dryRuns = dryRuns;
        this.statuses = new StatusDocuments(instances, limiter.load()::usesOfWholeInstances, tokens, settings, () -> limiter.redis().word(), clock);
    }

    StatusDocuments statuses() {
        return statuses;
    }

    /** Known once the beans are bound. */
    CamelToolsWiring tools() {
        return tools;
    }

    void bind(StatsReport report, PrometheusMeterRegistry meters, ModelHealth health, RecentRequests recent) {
        StoredUsage stored = new StoredUsage(context, clock);
        RequestDocuments requests = new RequestDocuments(() -> stored.requests(recent), dimension -> known(dimension, report));
        StatsDocuments stats = new StatsDocuments(report, stored::history, instances, name -> requests.require(Dimension.INSTANCE, name));
        ConfigDocuments config = new ConfigDocuments(reload, changes);
        InstanceAdmin admin = new InstanceAdmin(instances, statuses, limiter.load()::uses, reload, changes);
        ClientAdmin clients = new ClientAdmin(settings, reload, changes, clock);
        context.getRegistry().bind("alive", new Alive());
        context.getRegistry().bind("root", new Root());
        bindJson("statsOverview", stats::overview);
        bindJson("statsWindows", stats::windows);
        bindJson("statsInstances", stats::instances);
        bindJson("statsUsage", stats::usage);
        bindJson("statsHealth", statuses::health);
        bindJson("instancesStatus", statuses::status);
        bindJson("adminInstances", admin::list);
        bindJson("adminReset", admin::reset);
        bindJson("adminChange", admin::change);
        bindJson("adminClients", clients::list);
        bindJson("adminKeyCreate", clients::create);
        bindJson("adminKeyRotate", clients::rotate);
        bindJson("adminKeyRevoke", clients::revoke);
        bindJson("adminChanges", changes::show);
        RouteExplanation explanation = new RouteExplanation(context, clock, dryRuns, instances, settings, hiding, exchange ->
                context.getRegistry().lookupByNameAndType("errorResponder", Processor.class).process(exchange));
        bindJson("adminRoute", explanation::explain);
        tools = new CamelToolsWiring(context, statuses, admin, explanation, limiter, settings, reload);
        bindJson("configShow", config::show);
        bindJson("configReload", config::reload);
        bindJson("configValidate", config::validate);
        bindJson("modelHealth", health::check);
        bindJson("adminRequests", requests::list);
        LimitGauges.register(meters, settings, limiter);
        AvailabilityGauges.register(meters, instances);
        Gauge.builder("gateway_files_refused", reload, now -> now.refusal().isPresent() ? 1 : 0).description("1 if the files on disk were refused, else 0").register(meters);
    }

    /**
     * Binds what reports warnings. Called after the log line of the start is arranged, which comes first.
     *
     * @param open           whether requests of clients need no credential
     * @param certificateEnd the end of the gateway's own certificate; empty without TLS
     * @param warming        whether the gateway is still warming up, and so is not ready
     */
    void bindWarnings(InFlight inFlight, BooleanSupplier open, Supplier<Optional<Instant>> certificateEnd, BooleanSupplier warming) {
        Warnings warnings = new Warnings(settings, open, () -> Demo.isOn(reload.current().settings()), certificateEnd, reload::refusal, clock);
        context.addLifecycleStrategy(warnings);
        context.getRegistry().bind("ready", new Ready(context, inFlight, warnings, warming));
        bindJson("adminWarnings", warnings::show);
    }

    private Collection<String> known(Dimension dimension, StatsReport report) {
        Set<String> names = new TreeSet<>(report.names(dimension));
        names.addAll(switch (dimension) {
            case INSTANCE -> instances.all().stream().map(Instance::name).toList();
            case MODEL -> instances.models();
            case CLIENT -> settings.get().clients().keys().stream().map(KeyedClient::name).toList();
        });
        return names;
    }

    private void bindJson(String name, JsonResponder.Source source) {
        context.getRegistry().bind(name, new JsonResponder(source));
    }
}
