package dev.openaigateway.app;

import dev.openaigateway.admin.ChangeLog;
import dev.openaigateway.admin.KeyExpiryWatch;
import dev.openaigateway.affinity.Passthrough;
import dev.openaigateway.affinity.StoredObjects;
import dev.openaigateway.app.properties.SettingsProperties;
import dev.openaigateway.call.InFlight;
import dev.openaigateway.call.memory.MemoryBudget;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.config.load.GatewayProperties;
import dev.openaigateway.config.load.LoadedSettings;
import dev.openaigateway.config.load.SettingsLoader;
import dev.openaigateway.demo.Demo;
import dev.openaigateway.demo.DemoResponder;
import dev.openaigateway.events.AlertRaiser;
import dev.openaigateway.events.CallListeners;
import dev.openaigateway.events.EventQueues;
import dev.openaigateway.events.Events;
import dev.openaigateway.events.UsageRecorder;
import dev.openaigateway.explain.DryRuns;
import dev.openaigateway.explain.RuleNames;
import dev.openaigateway.explain.StepInterceptor;
import dev.openaigateway.gateway.Accept;
import dev.openaigateway.gateway.Complete;
import dev.openaigateway.gateway.ErrorResponder;
import dev.openaigateway.gateway.Models;
import dev.openaigateway.gateway.OpenAiPath;
import dev.openaigateway.gateway.ReadRequest;
import dev.openaigateway.gateway.ThrottleKeys;
import dev.openaigateway.gateway.Watchdog;
import dev.openaigateway.health.Breakers;
import dev.openaigateway.healthcheck.HealthCheckers;
import dev.openaigateway.identity.AccessTokens;
import dev.openaigateway.images.ImageData;
import dev.openaigateway.images.ImageLinks;
import dev.openaigateway.images.ImageStore;
import dev.openaigateway.log.LogSetup;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.provider.Provider;
import dev.openaigateway.provider.Providers;
import dev.openaigateway.relay.Relay;
import dev.openaigateway.reload.InstanceNamesCheck;
import dev.openaigateway.reload.InstanceRoutes;
import dev.openaigateway.reload.Reload;
import dev.openaigateway.reload.SettingsWatch;
import dev.openaigateway.reload.files.RouteFilesLoader;
import dev.openaigateway.reload.live.LiveRouteFiles;
import dev.openaigateway.reload.live.RulePlaceholders;
import dev.openaigateway.request.RequestFacts;
import dev.openaigateway.routing.CallListener;
import dev.openaigateway.routing.Engine;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.routing.policy.Policies;
import dev.openaigateway.routing.policy.PolicyReferences;
import dev.openaigateway.server.ClientHeaders;
import dev.openaigateway.server.FatalErrors;
import dev.openaigateway.server.HttpServerFactory;
import dev.openaigateway.stats.CountedModels;
import dev.openaigateway.stats.Metrics;
import dev.openaigateway.stats.RecentRequests;
import dev.openaigateway.stats.Statistics;
import dev.openaigateway.stats.StatsReport;
import dev.openaigateway.throttle.ActiveLimiter;
import dev.openaigateway.throttle.Admit;
import dev.openaigateway.throttle.FallbackCharges;
import dev.openaigateway.throttle.Throttle;
import dev.openaigateway.throttle.TokenEstimates;
import dev.openaigateway.tls.TlsCheck;
import dev.openaigateway.upstream.InstanceCalls;
import dev.openaigateway.upstream.InstanceComponent;
import dev.openaigateway.upstream.InstanceTokens;
import dev.openaigateway.upstream.ModelLists;
import dev.openaigateway.upstream.ResponseClassifier;
import dev.openaigateway.upstream.RetryAfter;
import dev.openaigateway.upstream.connection.TimedSockets;
import dev.openaigateway.upstream.connection.UpstreamConnections;
import dev.openaigateway.warmup.WarmUp;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.model.Model;
import org.apache.camel.spi.Registry;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Creates the components and binds the beans of the routes. The name bound here is the {@code ref} in the YAML. */
final class Wiring {

    private final CamelContext context;
    private final Registry registry;
    private final InstantSource clock;
    private final InstantSource ticks;
    private final Environment environment;
    private final Providers providers;
    private final SettingsLoader loader;
    private final LoadedSettings loaded;
    private final LiveSettings settings;
    private final InFlight inFlight;
    private final FatalErrors errors = FatalErrors.ofProcess();
    private final MemoryBudget memory;
    private final TimedSockets sockets = new TimedSockets();
    private final UpstreamConnections upstream;
    private final PrometheusMeterRegistry meterRegistry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Statistics statistics;
    private final Metrics metrics;
    private final RecentRequests recent = new RecentRequests(5_000);
    private final EventQueues<Exchange> queues = new EventQueues<>();
    private final Events events;
    private final AlertRaiser alertRaiser;
    private final UsageRecorder recorder;
    private final SecurityWiring security;
    private final Breakers breakers;
    private final Instances instances;
    private final ActiveLimiter limiter;
    private final CallListeners listeners = new CallListeners();
    private final DryRuns dryRuns = new DryRuns();
    private final RuleNames ruleNames = new RuleNames();
    private final Engine engine;
    private final Policies policies;
    private final StoredObjects objects;
    private final ImageStore images;
    private final DashboardWiring dashboard;
    private final AccessTokens tokens;
    private final ModelLists modelLists;

    Wiring(CamelContext context, Environment environment) throws InvalidSettingsException {
        this.context = context;
        this.registry = context.getRegistry();
        this.upstream = new UpstreamConnections(sockets, context.getExecutorServiceManager());
        InstantSource bound = registry.findSingleByType(InstantSource.class);
        this.clock = bound == null ? InstantSource.system() : bound;
        this.ticks = bound == null ? new SteadyClock(clock, System::nanoTime) : bound;
        this.inFlight = Optional.ofNullable(registry.findSingleByType(InFlight.class)).orElseGet(() -> new InFlight(20_000));
        this.memory = Optional.ofNullable(registry.findSingleByType(MemoryBudget.class)).orElseGet(MemoryBudget::ofHeap);
        this.environment = environment;
        Providers.BUILT_IN.forEach(provider -> registry.bind(provider.name(), provider));
        this.providers = new Providers(() -> registry.findByTypeWithName(Provider.class));
        this.loader = new SettingsLoader(environment, providers::traits);
        this.loaded = loader.loadBeforeProviders();
        TlsCheck.require(loaded);
        boolean checkOnly = registry.lookupByName(CheckCommand.CHECK_ONLY) != null;
        if (!checkOnly) {
            GatewayProperties.require(environment);
        }
        this.settings = new LiveSettings(Demo.unlessConfigured(loaded.settings(), environment));
        CountedModels models = new CountedModels(this::isConfigured);
        this.statistics = new Statistics(settings.get().monitoring().longestWindow(), models, clock);
        this.metrics = new Metrics(meterRegistry, models, this::telemetryName);
        this.dashboard = new DashboardWiring(ticks);
        this.events = new Events(context, queues, dashboard.alerts()::raised, clock);
        this.alertRaiser = new AlertRaiser(events, models::nameFor, ticks);
        this.recorder = new UsageRecorder(statistics, metrics, recent, events, clock);
        listeners.add(List.of(recorder, alertRaiser, dashboard.traffic()));
        this.breakers = new Breakers(ticks, alertRaiser);
        this.instances = new Instances(breakers, ticks);
        this.limiter = new ActiveLimiter(alertRaiser, ticks, context.getExecutorServiceManager());
        settings.onChange(limiter::apply);
        this.security = new SecurityWiring(settings, clock, ticks);
        if (!checkOnly && !WarmUp.isOf(registry)) {
            LogSetup.follow(settings);
        }
        listeners.add(new TraceWiring(context, environment, providers).start(settings.get(), checkOnly));
        settings.onChange(now -> statistics.keep(now.monitoring().longestWindow()));
        settings.onChange(instances::apply);
        this.engine = new Engine(settings, listeners, TokenEstimates::prompt, limiter.load(), ruleNames, new FallbackCharges(limiter, settings));
        this.objects = new StoredObjects(100_000, ticks, limiter::sharedValues, instances, () -> settings.get().clients());
        this.images = new ImageStore(memory, Duration.ofHours(1), ticks);
        this.tokens = new AccessTokens(environment::variable, clock);
        InstanceCalls calls = new InstanceCalls(providers, upstream::client, tokens);
        this.modelLists = new ModelLists(instances, providers, calls, context.getExecutorServiceManager(), ticks);
        this.policies = Policies.bind(registry, settings, limiter.load(), ticks, objects.sessions());
    }

    void install() {
        HttpServerFactory server = new HttpServerFactory(settings, inFlight, memory, security.bodyAdmission(), errors, recorder);
        registry.bind("gatewayHttpServer", server);
        bindGatewaySteps();
        bindInstanceSteps();
        StepInterceptor.install(context, dryRuns, ruleNames);
        PolicyReferences.install(context, policies, instances, engine);
        ThrottleKeys.install(context);
        context.addComponent(InstanceComponent.SCHEME, new InstanceComponent(instances, engine, policies.configured()));
        UpstreamWiring.bind(context, upstream, meterRegistry, settings, tokens);
        Meters meters = Meters.install(context, meterRegistry, inFlight, breakers.registry());
        meters.bind(limiter, memory);
        new EventWiring(registry, queues, settings, ticks).bind(meters);
        registry.bind("metricsRegistry", meterRegistry);
        context.getCamelContextExtension().getContextPlugin(Model.class).addRouteTemplateDefinitionConverter("*", new DescribedRoutes());
        InstanceRoutes routes = new InstanceRoutes(context, providers, ticks);
        LiveRouteFiles rules = new LiveRouteFiles(context, RouteFilesLoader.install(context, environment.workingDirectory()), inFlight, ticks);
        InstanceNamesCheck check = InstanceNamesCheck.install(context, settings);
        Reload reload = new Reload(loader, environment, loaded, settings, routes, check, rules, events);
        registry.bind("demoResponder", new DemoResponder(clock, () -> Demo.isOn(reload.current().settings())));
        HealthCheckers healthCheckers = new HealthCheckers(context, instances, providers, upstream, tokens, alertRaiser, ticks);
        ChangeLog changes = new ChangeLog(events, clock, security::addressOf, () -> !settings.get().admin().token().isBlank());
        AdminWiring admin = new AdminWiring(context, clock, instances, tokens, settings, limiter, reload, dryRuns, changes,
                () -> RulePlaceholders.hiding(context, rules.live()));
        admin.bind(new StatsReport(statistics, settings, clock), meterRegistry, healthCheckers.ofModels(), recent);
        dashboard.bind(registry, instances, admin.statuses(), limiter, inFlight, statistics.recent(), settings);
        dashboard.bind(registry, rules);
        security.bindAdmission(registry);
        Watchdog watchdog = new Watchdog(context, inFlight, sockets, settings, server::watch, errors);
        Lifecycle.addServices(context, List.of(limiter, healthCheckers, modelLists, new InstanceTokens(context, instances, tokens), upstream.idle(),
                new SettingsWatch(context, reload, settings, changes), new KeyExpiryWatch(context, settings, events, clock), images.expiry(context), admin.tools()), watchdog);
        context.addLifecycleStrategy(new Lifecycle(context, reload, settings, routes, rules, watchdog, events, loaded, this::addPluginBeans));
        admin.bindWarnings(inFlight, security::isOpen, server::certificateEnd, WarmUp.of(context, loaded.settings(), inFlight));
        context.getPropertiesComponent().addPropertiesSource(new SettingsProperties(Demo.isOn(loaded.settings())));
    }

    private void addPluginBeans() {
        listeners.add(registry.findByType(CallListener.class));
        security.appendAuthenticators(registry);
    }

    private void bindGatewaySteps() {
        registry.bind("openAiPath", new OpenAiPath(new Passthrough(settings)));
        registry.bind("accept", new Accept(clock, inFlight, memory, listeners));
        registry.bind("authenticate", security.authenticate());
        registry.bind("read", new ReadRequest(settings, objects, new RequestFacts(TokenEstimates::ofReceived)));
        registry.bind("admit", new Admit(limiter, settings, engine.budgetFallbacks()));
        registry.bind("complete", new Complete());
        registry.bind("errorResponder", new ErrorResponder(ruleNames));
        registry.bind("imageData", new ImageData(images));
        registry.bind("models", new Models(instances, modelLists, clock.instant()));
        registry.bind("clientHeaders", new ClientHeaders(settings));
    }

    private void bindInstanceSteps() {
        registry.bind("throttle", new Throttle(limiter, settings));
        ResponseClassifier classifier = new ResponseClassifier(providers, new RetryAfter(clock), settings);
        registry.bind("classify", classifier);
        registry.bind("relay", new Relay(objects, classifier, providers));
        registry.bind("imageLinks", new ImageLinks(images, settings));
    }

    private boolean isConfigured(String model) {
        return instances.models().contains(model);
    }

    /** Returns the provider's name in OpenTelemetry's conventions for generative AI. */
    private String telemetryName(String instance) {
        return instances.named(instance).map(known -> providers.of(known.settings()).telemetryName()).orElse("openai");
    }
}
