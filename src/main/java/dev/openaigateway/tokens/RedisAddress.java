package dev.openaigateway.tokens;

import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where Redis is, as one URL:
 * <pre>
 * redis://[[user]:password@]host[:port][/database]
 * redis-sentinel://[[user]:password@]host[:port],host[:port]...[/database]?master=name
 * redis-cluster://[[user]:password@]host[:port],host[:port]...
 * </pre>
 * and the same with {@code rediss} for TLS. User and password are percent-encoded where they hold signs of a URL.
 */
record RedisAddress(
        Kind kind, boolean tls, Optional<String> user, Optional<String> password, List<String> hosts, int database, String master) {

    enum Kind { SINGLE, SENTINEL, CLUSTER }

    private static final Pattern URL = Pattern.compile(
            "(?<scheme>rediss?)(?:-(?<kind>sentinel|cluster))?://(?:(?:(?<user>[^:@/]*):)?(?<password>[^@/]*)@)?"
                    + "(?<hosts>[^/?@]+)(?:/(?<database>\\d{1,3})?)?(?:\\?master=(?<master>[^&]+))?");

    /** @throws IllegalArgumentException if the URL has another form; the message does not repeat it, as it may hold a password */
    static RedisAddress parse(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException("redis_url must be redis://[[user]:password@]host[:port][/database], "
                    + "or rediss:// for TLS, redis-sentinel://...?master=name, redis-cluster://...");
        }
        Kind kind = parts.group("kind") == null ? Kind.SINGLE : Kind.valueOf(parts.group("kind").toUpperCase(Locale.ROOT));
        boolean tls = parts.group("scheme").equals("rediss");
        int port = kind == Kind.SENTINEL ? 26379 : 6379;
        List<String> hosts = Arrays.stream(parts.group("hosts").split(","))
                .map(host -> (tls ? "rediss://" : "redis://") + (host.matches(".*:\\d+") ? host : host + ":" + port)).toList();
        int database = parts.group("database") == null ? 0 : Integer.parseInt(parts.group("database"));
        String master = parts.group("master");
        if (kind == Kind.SENTINEL != (master != null) || kind == Kind.SINGLE && hosts.size() > 1 || kind == Kind.CLUSTER && database > 0) {
            throw new IllegalArgumentException("redis_url: redis-sentinel needs ?master=name and nothing else has it, "
                    + "redis takes one host, redis-cluster has database 0 only");
        }
        return new RedisAddress(kind, tls, text(parts.group("user")), text(parts.group("password")), hosts, database, master);
    }

    /** Redisson's settings for it: a command waits {@code timeoutMillis} and is never repeated. */
    Config config(int timeoutMillis) {
        Config config = new Config().setThreads(2).setNettyThreads(4).setLazyInitialization(true);
        config.setUseScriptCache(true);
        switch (kind) {
            case SINGLE -> common(config.useSingleServer().setAddress(hosts.get(0)).setDatabase(database)
                    .setConnectionMinimumIdleSize(2).setConnectionPoolSize(32), timeoutMillis);
            case SENTINEL -> replicated(config.useSentinelServers().setMasterName(master).setDatabase(database)
                    .addSentinelAddress(hosts.toArray(String[]::new)).setCheckSentinelsList(false), timeoutMillis);
            case CLUSTER -> replicated(config.useClusterServers().addNodeAddress(hosts.toArray(String[]::new)), timeoutMillis);
        }
        return config;
    }

    private <T extends BaseMasterSlaveServersConfig<T>> void replicated(T servers, int timeoutMillis) {
        common(servers.setReadMode(ReadMode.MASTER).setMasterConnectionMinimumIdleSize(2).setMasterConnectionPoolSize(32),
                timeoutMillis);
    }

    private <T extends BaseConfig<T>> void common(T servers, int timeoutMillis) {
        servers.setTimeout(timeoutMillis).setRetryAttempts(0).setConnectTimeout(500).setClientName("openai-gateway");
        user.ifPresent(servers::setUsername);
        password.ifPresent(servers::setPassword);
    }

    @Override
    public String toString() {
        return kind + " " + hosts;
    }

    private static Optional<String> text(String part) {
        return Optional.ofNullable(part).filter(some -> !some.isEmpty())
                .map(some -> URLDecoder.decode(some.replace("+", "%2B"), StandardCharsets.UTF_8));
    }
}
