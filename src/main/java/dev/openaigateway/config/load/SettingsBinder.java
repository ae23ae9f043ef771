package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.config.AdminSettings;
import dev.openaigateway.config.BreakerSettings;
import dev.openaigateway.config.CorsSettings;
import dev.openaigateway.config.HostAndPort;
import dev.openaigateway.config.InstanceSettings.Target;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.LoggingSettings;
import dev.openaigateway.config.ModelSettings;
import dev.openaigateway.config.MonitoringSettings;
import dev.openaigateway.config.OnRedisFailure;
import dev.openaigateway.config.RateLimitSettings;
import dev.openaigateway.config.RoutingSettings.CompositeWeights;
import dev.openaigateway.config.RoutingSettings;
import dev.openaigateway.config.Secret;
import dev.openaigateway.config.Settings;
import dev.openaigateway.config.StreamSettings;
import dev.openaigateway.config.Timeouts;
import dev.openaigateway.config.TlsSettings;
import dev.openaigateway.config.TracesSettings;
import dev.openaigateway.problem.InvalidSettingsException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Creates {@link Settings} from a tree whose placeholders are resolved. */
final class SettingsBinder {

    private final Binding binding;
    private final KnownProviders providers;
    private final ObjectNode shown = JsonNodeFactory.instance.objectNode();

    private SettingsBinder(SettingsTree tree, KnownProviders providers) {
        this.binding = new Binding(tree);
        this.providers = providers;
    }

    /**
     * @param settings the settings
     * @param shown    the same with secrets masked, in the structure of {@code instances.yaml}
     * @param sources  the source of each value, by path
     */
    record Bound(Settings settings, ObjectNode shown, Map<String, String> sources) {
    }

    static Bound bind(SettingsTree tree, KnownProviders providers) throws InvalidSettingsException {
        SettingsBinder binder = new SettingsBinder(tree, providers);
        Settings settings = binder.settings(binder.binding.root(binder.shown));
        binder.binding.throwIfBroken();
        binder.moveToEnd("models");
        binder.moveToEnd("instances");
        return new Bound(settings, binder.shown, binder.binding.sources());
    }

    /** Instances are bound early, since other defaults depend on them, but displayed last. */
    private void moveToEnd(String key) {
        if (shown.has(key)) {
            shown.set(key, shown.remove(key));
        }
    }

    private Settings settings(Section root) {
        String name = root.value("name", "Camel OpenAI Gateway", ValueParsers::text);
        root.optional("version", ValueParsers::text);
        String host = root.value("host", "127.0.0.1", AddressParsers::listenHost);
        int port = root.value("port", 3010, ValueParsers.integer(0, 65535));
        Optional<TlsSettings> tls = TlsBinder.bind(root);
        String baseUrl = root.value("base_url", (tls.isPresent() ? "https://" : "http://") + HostAndPort.of(reachable(host), port), text -> AddressParsers.httpUrl(text).toString());
        BreakerSettings breaker = BreakerBinder.bind(root.section("breaker"), BreakerSettings.DEFAULT);
        Section clients = root.section("clients");
        List<InstanceSettings> instances = InstanceBinder.bindAll(root, breaker, HeaderBinder.common(clients), providers);
        List<ModelSettings> models = ModelBinder.bindAll(root, instances);
        Settings settings = new Settings(name, host, port, baseUrl,
                routing(root.section("routing"), instances, ModelBinder.nameOfModel(instances, models, root.written())),
                breaker,
                streams(root.section("streams")),
                rateLimit(root.section("rate_limit")),
                ClientBinder.bind(clients),
                admin(root.section("admin")),
                monitoring(root.section("monitoring")),
                logging(root.section("logging")),
                traces(root.section("traces")),
                cors(root.section("cors")),
                tls,
                root.value("warm_up", true, ValueParsers::flag),
                models,
                instances,
                root.written());
        root.refuseUnknownKeys();
        return settings;
    }

    private static String reachable(String host) {
        return host.equals("0.0.0.0") || host.equals("127.0.0.1") || host.equals("::") ? "localhost" : host;
    }

    private static RoutingSettings routing(Section section, List<InstanceSettings> instances, ValueParser<String> model) {
        Duration usual = longest(instances);
        Duration timeout = section.value("timeout", usual, Seconds.atLeast(0.001));
        RoutingSettings routing = new RoutingSettings(
                section.value("strategy", RoutingSettings.Strategy.FAILOVER, ValueParsers.oneOf(RoutingSettings.Strategy.class)),
                section.value("retries", 3, ValueParsers.integer(0, 100)),
                timeout,
                composite(section.section("composite")),
                section.value("trace_header", false, ValueParsers::flag),
                !usual.equals(timeout),
                section.value("affinity", RoutingSettings.Affinity.SESSION, ValueParsers.oneOf(RoutingSettings.Affinity.class)),
                section.optional("default_model", model));
        section.refuseUnknownKeys();
        return routing;
    }

    /** The longest time to the first content of all instances, models and targets, at least a minute, so that none of them is cut short. */
    private static Duration longest(List<InstanceSettings> instances) {
        return instances.stream()
                .flatMap(instance -> Stream.concat(Stream.concat(Stream.of(instance.timeouts()), instance.modelTimeouts().values().stream()),
                        instance.targets().values().stream().flatMap(operations -> operations.values().stream()).map(Target::timeouts)))
                .map(Timeouts::firstToken)
                .reduce(Duration.ofSeconds(60), (one, other) -> one.compareTo(other) < 0 ? other : one);
    }

    private static CompositeWeights composite(Section section) {
        ValueParser<Integer> share = ValueParsers.integer(0, 1000);
        CompositeWeights weights = new CompositeWeights(
                section.value("latency", CompositeWeights.DEFAULT.latency(), share),
                section.value("utilisation", CompositeWeights.DEFAULT.utilisation(), share),
                section.value("health", CompositeWeights.DEFAULT.health(), share));
        if (weights.latency() + weights.utilisation() + weights.health() == 0) {
            section.problem("health", "0", "must be above 0 when latency and utilisation are 0");
        }
        section.refuseUnknownKeys();
        return weights;
    }

    private static StreamSettings streams(Section section) {
        StreamSettings streams = new StreamSettings(
                section.value("keep_alive", Duration.ofSeconds(15), Seconds.atLeast(0)),
                section.value("drain", Duration.ofSeconds(30), Seconds.atLeast(0)));
        section.refuseUnknownKeys();
        return streams;
    }

    private static RateLimitSettings rateLimit(Section section) {
        boolean enabled = section.value("enabled", true, ValueParsers::flag);
        long tpm = section.value("tpm", 0L, ValueParsers.number(0, Long.MAX_VALUE));
        Secret redisUrl = section.secret("redis_url", AddressParsers::redisUrl);
        boolean useRedis = section.value("use_redis", !redisUrl.isBlank(), ValueParsers::flag);
        if (useRedis && !section.has("redis_url")) {
            section.problem("use_redis", "true", "needs redis_url (REDIS_URL) to be set");
        }
        RateLimitSettings rateLimit = new RateLimitSettings(enabled, tpm, useRedis ? redisUrl : Secret.NONE,
                section.value("redis_timeout", Duration.ofMillis(150), Seconds.between(0.01, 5)),
                section.value("on_redis_failure", OnRedisFailure.LOCAL, ValueParsers.oneOf(OnRedisFailure.class)),
                section.value("default_max_tokens", 1000, ValueParsers.integer(1, 10_000_000)));
        section.refuseUnknownKeys();
        return rateLimit;
    }

    private static AdminSettings admin(Section section) {
        AdminSettings admin = new AdminSettings(
                section.secret("token", ValueParsers::text),
                section.secret("monitor_token", ValueParsers::text),
                section.value("allow_local_targets", false, ValueParsers::flag),
                section.value("watch_files", true, ValueParsers::flag),
                section.value("error_body_max_bytes", 2048, ValueParsers.integer(0, 1_048_576)));
        if (!admin.monitorToken().isBlank() && admin.monitorToken().value().strip().equals(admin.token().value().strip())) {
            section.problem("monitor_token", null, "must differ from admin.token, which may change everything");
        }
        section.refuseUnknownKeys();
        return admin;
    }

    private static MonitoringSettings monitoring(Section section) {
        MonitoringSettings monitoring = new MonitoringSettings(
                Duration.ofMinutes(section.value("stats_window_minutes", 5, ValueParsers.integer(1, 1440))),
                section.list("additional_windows", List.of(15, 30, 60), ValueParsers.integer(1, 1440)).stream()
                        .distinct().sorted().map(Duration::ofMinutes).toList());
        section.refuseUnknownKeys();
        return monitoring;
    }

    private static LoggingSettings logging(Section section) {
        LoggingSettings logging = new LoggingSettings(
                section.value("level", "INFO", ValueParsers::logLevel),
                section.value("format", LoggingSettings.Format.TEXT, ValueParsers.oneOf(LoggingSettings.Format.class)),
                section.optional("file", ValueParsers::writableFile),
                section.value("max_size", 5_242_880L, ValueParsers.number(1024, Long.MAX_VALUE)),
                section.value("backup_count", 3, ValueParsers.integer(0, 1000)),
                section.secret("feishu_webhook", AddressParsers::webhook));
        section.refuseUnknownKeys();
        return logging;
    }

    private static TracesSettings traces(Section section) {
        TracesSettings traces = new TracesSettings(
                section.optional("endpoint", AddressParsers::traceEndpoint),
                section.value("detail", TracesSettings.Detail.REQUESTS, ValueParsers.oneOf(TracesSettings.Detail.class)),
                section.value("client_context", TracesSettings.ClientContext.PARENT, ValueParsers.oneOf(TracesSettings.ClientContext.class)));
        section.refuseUnknownKeys();
        return traces;
    }

    private static CorsSettings cors(Section section) {
        CorsSettings cors = new CorsSettings(
                section.list("allowed_origins", List.of(), AddressParsers::origin),
                section.value("security_headers", true, ValueParsers::flag));
        section.refuseUnknownKeys();
        return cors;
    }
}
