package dev.openaigateway.runtime;

import dev.openaigateway.config.Environment;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.InvalidSettingsException;
import dev.openaigateway.config.LoadedSettings;
import dev.openaigateway.config.RoutingSettings.Strategy;
import dev.openaigateway.config.Settings;
import dev.openaigateway.config.SettingsLoader;
import dev.openaigateway.demo.Demo;
import dev.openaigateway.demo.DemoAnswer;
import dev.openaigateway.entry.Accept;
import dev.openaigateway.entry.Authenticate;
import dev.openaigateway.entry.AzurePath;
import dev.openaigateway.entry.ClientHeaders;
import dev.openaigateway.entry.ErrorAnswer;
import dev.openaigateway.entry.InFlight;
import dev.openaigateway.entry.Models;
import dev.openaigateway.entry.ReadRequest;
import dev.openaigateway.entry.Ready;
import dev.openaigateway.entry.Settle;
import dev.openaigateway.images.ImageData;
import dev.openaigateway.images.ImageLinks;
import dev.openaigateway.images.ImageStore;
import dev.openaigateway.relay.Relay;
import dev.openaigateway.routing.Breakers;
import dev.openaigateway.routing.Engine;
import dev.openaigateway.routing.InstanceBalancer;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.routing.ResponseOwners;
import dev.openaigateway.stats.Metrics;
import dev.openaigateway.stats.ModelNames;
import dev.openaigateway.stats.Statistics;
import dev.openaigateway.stats.StatsReport;
import dev.openaigateway.throttle.Admit;
import dev.openaigateway.throttle.Demands;
import dev.openaigateway.throttle.Throttle;
import dev.openaigateway.upstream.AzureDialect;
import dev.openaigateway.upstream.DeepSeekPath;
import dev.openaigateway.upstream.GenericDialect;
import dev.openaigateway.upstream.InstanceComponent;
import dev.openaigateway.upstream.Judge;
import dev.openaigateway.upstream.RetryAfter;
import dev.openaigateway.upstream.TimedSockets;
import dev.openaigateway.upstream.UpstreamClient;
import dev.openaigateway.upstream.UpstreamHeaders;
import dev.openaigateway.upstream.UpstreamHttp;
import io.micrometer.core.instrument.binder.httpcomponents.hc5.PoolingHttpClientConnectionManagerMetricsBinder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Service;
import org.apache.camel.processor.loadbalancer.LoadBalancer;
import org.apache.camel.spi.Registry;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** Joins the parts, and gives the routes their beans: the name bound here is the {@code ref} in the YAML. */
final class Assembly {

    private final CamelContext context;
    private final Registry registry;
    private final InstantSource clock;
    private final Environment environment;
    private final SettingsLoader loader;
    private final LoadedSettings loaded;
    private final ActiveSettings active;
    private final InFlight inFlight;
    private final TimedSockets sockets = new TimedSockets();
    private final UpstreamConnections upstream = new UpstreamConnections(sockets);
    private final PrometheusMeterRegistry meterRegistry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Statistics statistics;
    private final Metrics metrics;
    private final EventQueues<Exchange> queues = new EventQueues<>();
    private final Events events;
    private final Alarm alarm;
    private final Breakers breakers;
    private final Instances instances;
    private final LimiterInForce limiter;
    private final Engine engine;
    private final Policies policies;
    private final ResponseOwners owners = new ResponseOwners(50_000);
    private final ImageStore images;

    Assembly(CamelContext context, Environment environment) throws InvalidSettingsException {
        this.context = context;
        this.registry = context.getRegistry();
        InstantSource bound = registry.findSingleByType(InstantSource.class);
        this.clock = bound == null ? InstantSource.system() : bound;
        InFlight bounded = registry.findSingleByType(InFlight.class);
        this.inFlight = bounded == null ? new InFlight(20_000) : bounded;
        this.environment = environment;
        this.loader = new SettingsLoader(environment);
        this.loaded = loader.load();
        Settings settings = Demo.unlessConfigured(loaded.settings(), environment);
        ModelNames models = new ModelNames(this::isConfigured);
        this.statistics = new Statistics(settings.monitoring().longestWindow(), models, clock);
        this.metrics = new Metrics(meterRegistry, models, this::provider);
        this.events = new Events(context, queues, clock);
        this.alarm = new Alarm(events, statistics, metrics, clock);
        this.breakers = new Breakers(clock, alarm);
        this.instances = new Instances(breakers, clock);
        this.limiter = new LimiterInForce(alarm, clock);
        this.active = new ActiveSettings(settings, instances, limiter, statistics, clock);
        this.engine = new Engine(() -> active.settings().routing(), alarm, Demands::prompt, limiter);
        this.images = new ImageStore(128 * 1024 * 1024, Duration.ofHours(1), clock);
        this.policies = new Policies(limiter, () -> active.settings().routing());
    }

    void install() {
        registry.bind("gatewayHttpServer", new HttpServerFactory(active, inFlight));
        bindEntry();
        bindInstanceSteps();
        bindPolicies();
        context.addComponent(InstanceComponent.SCHEME, new InstanceComponent(instances, engine, policies.configured()));
        context.addComponent("http", new UpstreamHttp());
        context.addComponent("https", new UpstreamHttp());
        Meters meters = new Meters(meterRegistry, inFlight, breakers.registry());
        meters.bind(limiter);
        bindEvents(meters);
        registry.bind("metricsRegistry", meterRegistry);
        InstanceRoutes routes = new InstanceRoutes(context, clock);
        RoutingRules rules = new RoutingRules(context, clock);
        registry.bind("rules", rules);
        RuleCheck check = RuleCheck.install(context, active::settings);
        Reload reload = new Reload(loader, environment, loaded, active, routes, check, rules, events);
        registry.bind("demoAnswer", new DemoAnswer(clock, () -> Demo.isOn(reload.current().settings())));
        Checkups checkups = new Checkups(context, instances, upstream, alarm, clock);
        new AdminBeans(context, clock, instances, active, limiter, reload, rules).bind(new StatsReport(statistics,
                () -> active.settings().monitoring(), clock), meterRegistry, checkups.ofModels());
        Watchdog watchdog = new Watchdog(context, inFlight, sockets, () -> active.settings().streams());
        addServices(List.of(meters, limiter, checkups, new SettingsWatch(context, reload, active)), watchdog);
        context.addLifecycleStrategy(new Lifecycle(context, active, routes, watchdog, events, loaded));
        context.getPropertiesComponent().addPropertiesSource(new SettingsProperties(Demo.isOn(loaded.settings())));
    }

    /**
     * @param late  started after the routes
     * @param early started before them
     */
    private void addServices(List<Service> late, Service early) {
        try {
            for (Service service : late) {
                context.addService(service, true, false);
            }
            context.addService(early, true, true);
        } catch (Exception e) {
            throw new StartupException("The gateway cannot be assembled: " + e.getMessage());
        }
    }

    private void bindEntry() {
        CallJournal journal = new CallJournal(statistics, metrics, events, clock);
        registry.bind("accept", new Accept(clock, inFlight, journal));
        registry.bind("authenticate", new Authenticate(active::doorkeeper, active::address));
        registry.bind("read", new ReadRequest(() -> active.settings().routing().timeout(), owners));
        registry.bind("admit", new Admit(limiter::limiter, () -> active.settings().rateLimit()));
        registry.bind("settle", new Settle());
        registry.bind("errorAnswer", new ErrorAnswer());
        registry.bind("azurePath", new AzurePath());
        registry.bind("imageData", new ImageData(images));
        registry.bind("models", new Models(instances, clock.instant()));
        registry.bind("ready", new Ready(context, inFlight));
        registry.bind("clientHeaders", new ClientHeaders());
    }

    private void bindEvents(Meters meters) {
        SinkFailed sinks = new SinkFailed(clock);
        registry.bind("accessLog", new WriteAccessLine());
        registry.bind("alertLog", new WriteAlert());
        registry.bind("eventQueues", queues);
        registry.bind("eventJson", new EventJson());
        registry.bind("sinkFailed", sinks);
        registry.bind("feishuMessage", new FeishuMessage(
                () -> active.settings().name(), () -> active.settings().logging().feishuWebhook()));
        meters.bind(queues, sinks);
    }

    private void bindInstanceSteps() {
        registry.bind("throttle", new Throttle(limiter::limiter, () -> active.settings().rateLimit()));
        registry.bind("azure", new AzureDialect());
        registry.bind("generic", new GenericDialect());
        registry.bind("deepseekPath", new DeepSeekPath());
        Judge judge = new Judge(new RetryAfter(clock), () -> active.settings().admin().errorBodyMaxBytes());
        registry.bind("judge", judge);
        registry.bind("relay", new Relay(owners, judge));
        registry.bind("imageLinks", new ImageLinks(images, () -> active.settings().baseUrl()));
        registry.bind("upstreamClient", new UpstreamClient());
        registry.bind("upstreamHeaders", new UpstreamHeaders());
        PoolingHttpClientConnectionManager connections = upstream.pool();
        new PoolingHttpClientConnectionManagerMetricsBinder(connections, "upstream").bindTo(meterRegistry);
        registry.bind("upstreamConnections", connections);
    }

    /** As prototypes: a balancer belongs to one {@code loadBalance} block, and holds its children. */
    private void bindPolicies() {
        for (Strategy strategy : Strategy.values()) {
            registry.bindAsPrototype(Policies.beanName(strategy), LoadBalancer.class,
                    () -> new InstanceBalancer(policies.of(strategy), instances, engine));
        }
        registry.bindAsPrototype("configured", LoadBalancer.class,
                () -> new InstanceBalancer(policies.configured(), instances, engine));
    }

    private boolean isConfigured(String model) {
        return instances.models().contains(model);
    }

    /** As the conventions for generative AI's telemetry name providers. */
    private String provider(String instance) {
        return instances.named(instance)
                .filter(known -> known.settings().providerType() == InstanceSettings.ProviderType.AZURE)
                .map(azure -> "azure.ai.openai").orElse("openai");
    }
}
