package dev.openaigateway.runtime;

import dev.openaigateway.config.Environment;
import dev.openaigateway.config.InvalidSettingsException;
import dev.openaigateway.config.LoadedSettings;
import dev.openaigateway.config.RoutingSettings.Strategy;
import dev.openaigateway.config.Settings;
import dev.openaigateway.config.SettingsLoader;
import dev.openaigateway.demo.Demo;
import dev.openaigateway.demo.DemoAnswer;
import dev.openaigateway.entry.Accept;
import dev.openaigateway.entry.Admit;
import dev.openaigateway.entry.Authenticate;
import dev.openaigateway.entry.ClientHeaders;
import dev.openaigateway.entry.ErrorAnswer;
import dev.openaigateway.entry.InFlight;
import dev.openaigateway.entry.Models;
import dev.openaigateway.entry.ReadRequest;
import dev.openaigateway.entry.Ready;
import dev.openaigateway.entry.Settle;
import dev.openaigateway.relay.Relay;
import dev.openaigateway.routing.Configured;
import dev.openaigateway.routing.Engine;
import dev.openaigateway.routing.InstanceBalancer;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.routing.Policy;
import dev.openaigateway.upstream.AzureDialect;
import dev.openaigateway.upstream.DeepSeekPath;
import dev.openaigateway.upstream.GenericDialect;
import dev.openaigateway.upstream.InstanceComponent;
import dev.openaigateway.upstream.Judge;
import dev.openaigateway.upstream.RetryAfter;
import dev.openaigateway.upstream.UpstreamClient;
import dev.openaigateway.upstream.UpstreamHeaders;
import org.apache.camel.CamelContext;
import org.apache.camel.processor.loadbalancer.LoadBalancer;
import org.apache.camel.spi.Registry;

import java.time.InstantSource;

/** Joins the parts, and gives the routes their beans: the name bound here is the {@code ref} in the YAML. */
final class Assembly {

    private final CamelContext context;
    private final Registry registry;
    private final InstantSource clock;
    private final Instances instances;
    private final ActiveSettings active;
    private final InFlight inFlight;
    private final Engine engine;
    private final Policies policies;
    private final LoadedSettings loaded;

    Assembly(CamelContext context, Environment environment) throws InvalidSettingsException {
        this.context = context;
        this.registry = context.getRegistry();
        InstantSource bound = registry.findSingleByType(InstantSource.class);
        this.clock = bound == null ? InstantSource.system() : bound;
        this.loaded = new SettingsLoader(environment).load();
        Settings settings = Demo.unlessConfigured(loaded.settings(), environment);
        this.instances = new Instances(clock);
        this.active = new ActiveSettings(settings, instances, clock);
        this.inFlight = new InFlight(20_000);
        this.engine = new Engine(() -> active.settings().routing(), new LoggingListener());
        this.policies = new Policies();
    }

    void install() {
        bindEntry();
        bindInstanceSteps();
        bindPolicies();
        Policy configured = policies.configured(() -> active.settings().routing().strategy());
        context.addComponent(InstanceComponent.SCHEME, new InstanceComponent(instances, engine, configured));
        Watchdog watchdog = new Watchdog(inFlight, () -> active.settings().streams());
        Lifecycle lifecycle = new Lifecycle(context, active, watchdog, loaded.description());
        context.addLifecycleStrategy(lifecycle);
        registry.bind("gatewayHttpServer", new HttpServerFactory(active, inFlight));
        context.getPropertiesComponent().addPropertiesSource(
                new SettingsProperties(Demo.isDemo(active.settings())));
        RuleCheck.install(context, instances);
    }

    private void bindEntry() {
        CallJournal journal = new CallJournal();
        registry.bind("accept", new Accept(clock, inFlight, journal));
        registry.bind("authenticate", new Authenticate(active::doorkeeper, active::address));
        registry.bind("read", new ReadRequest(() -> active.settings().routing().timeout()));
        registry.bind("admit", new Admit());
        registry.bind("settle", new Settle());
        registry.bind("errorAnswer", new ErrorAnswer());
        registry.bind("models", new Models(instances, clock.instant()));
        registry.bind("ready", new Ready(context, inFlight));
        registry.bind("clientHeaders", new ClientHeaders());
        registry.bind("demoAnswer", new DemoAnswer(clock));
    }

    private void bindInstanceSteps() {
        registry.bind("azure", new AzureDialect());
        registry.bind("generic", new GenericDialect());
        registry.bind("deepseekPath", new DeepSeekPath());
        registry.bind("judge", new Judge(new RetryAfter(clock), () -> active.settings().admin().errorBodyMaxBytes()));
        registry.bind("relay", new Relay());
        registry.bind("upstreamClient", new UpstreamClient());
        registry.bind("upstreamHeaders", new UpstreamHeaders());
        registry.bind("upstreamConnections", UpstreamConnections.pool());
    }

    /** As prototypes: a balancer belongs to one {@code loadBalance} block, and holds its children. */
    private void bindPolicies() {
        for (Strategy strategy : Strategy.values()) {
            registry.bindAsPrototype(Policies.beanName(strategy), LoadBalancer.class,
                    () -> new InstanceBalancer(policies.of(strategy), instances, engine));
        }
        registry.bindAsPrototype("configured", LoadBalancer.class, () -> new InstanceBalancer(
                new Configured(() -> active.settings().routing().strategy(), policies::of), instances, engine));
    }
}
