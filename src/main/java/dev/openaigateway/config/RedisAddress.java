package dev.openaigateway.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of Redis, as one URL:
 * <pre>
 * redis://[[user]:password@]host[:port][/database]
 * redis-sentinel://[[user]:password@]host[:port],host[:port]...[/database]?master=name
 * redis-cluster://[[user]:password@]host[:port],host[:port]...
 * </pre>
 * and the same with {@code rediss} for TLS. Reserved characters in user and password are percent-encoded.
 *
 * @param hosts each as {@code redis://host:port}, or with {@code rediss} for TLS
 */
public record RedisAddress(
        Kind kind, boolean tls, Optional<String> user, Optional<String> password, List<String> hosts, int database, String master) {

    public enum Kind { SINGLE, SENTINEL, CLUSTER }

    private static final Pattern URL = Pattern.compile(
            "(?<scheme>rediss?)(?:-(?<kind>sentinel|cluster))?://(?:(?:(?<user>[^:@/]*):)?(?<password>[^@/]*)@)?"
                    + "(?<hosts>[^/?@]+)(?:/(?<database>\\d{1,3})?)?(?:\\?master=(?<master>[^&]+))?");
    private static final Pattern HOST = Pattern.compile("(?<name>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(?::(?<port>\\d{1,5}))?");
    private static final int HIGHEST_PORT = 65_535;

    /**
     * Reads the URL of a Redis.
     *
     * @throws IllegalArgumentException with the violated requirement; the message omits the URL, which may contain a password
     */
    public static RedisAddress parse(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must be a Redis URL such as redis://localhost:6379 or rediss://:password@host:6380/0");
        }
        Kind kind = parts.group("kind") == null ? Kind.SINGLE : Kind.valueOf(parts.group("kind").toUpperCase(Locale.ROOT));
        boolean tls = parts.group("scheme").equals("rediss");
        List<String> hosts = hosts(parts.group("hosts"), tls ? "rediss://" : "redis://", kind == Kind.SENTINEL ? 26379 : 6379);
        int database = parts.group("database") == null ? 0 : Integer.parseInt(parts.group("database"));
        String master = parts.group("master");
        if (kind == Kind.SENTINEL != (master != null) || kind == Kind.SINGLE && hosts.size() > 1 || kind == Kind.CLUSTER && database > 0) {
            throw new IllegalArgumentException("must have ?master=name for redis-sentinel and for nothing else, "
                    + "one host for redis, and no database but 0 for redis-cluster");
        }
        return new RedisAddress(kind, tls, text(parts.group("user")), text(parts.group("password")), hosts, database, master);
    }

    private static List<String> hosts(String list, String scheme, int defaultPort) {
        List<String> hosts = new ArrayList<>();
        for (String host : list.split(",", -1)) {
            Matcher parts = HOST.matcher(host);
            int port = !parts.matches() ? 0 : parts.group("port") == null ? defaultPort : Integer.parseInt(parts.group("port"));
            if (port < 1 || port > HIGHEST_PORT) {
                throw new IllegalArgumentException("must name each host as host or host:port, with a port from 1 to " + HIGHEST_PORT);
            }
            hosts.add(scheme + parts.group("name") + ":" + port);
        }
        return List.copyOf(hosts);
    }

    private static Optional<String> text(String part) {
        try {
            return Optional.ofNullable(part).filter(some -> !some.isEmpty())
                    .map(some -> URLDecoder.decode(some.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException quotesThePassword) {
            throw new IllegalArgumentException("must have user and password percent-encoded, a % itself as %25");
        }
    }

    @Override
    public String toString() {
        return kind + " " + hosts;
    }
}
