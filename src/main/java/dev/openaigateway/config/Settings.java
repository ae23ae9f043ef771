package dev.openaigateway.config;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The validated settings of the gateway. Immutable; a reload creates a new instance.
 *
 * @param baseUrl   the address under which clients reach this gateway, without a trailing slash
 * @param tls       TLS with clients; empty: plain HTTP. Read at the start
 * @param warmUp    whether the gateway warms up before it is ready. Read at the start
 * @param models    the public names of models; names are unique, and no chain of targets is a cycle
 * @param instances in the order of their source; names are unique
 * @param written   how the values of placeholders are written, for messages
 */
public record Settings(
        String name,
        String host,
        int port,
        String baseUrl,
        RoutingSettings routing,
        BreakerSettings breaker,
        StreamSettings streams,
        RateLimitSettings rateLimit,
        ClientSettings clients,
        AdminSettings admin,
        MonitoringSettings monitoring,
        LoggingSettings logging,
        TracesSettings traces,
        CorsSettings cors,
        Optional<TlsSettings> tls,
        boolean warmUp,
        List<ModelSettings> models,
        List<InstanceSettings> instances,
        @DerivedSetting WrittenValues written) {

    public Settings {
        models = List.copyOf(models);
        instances = List.copyOf(instances);
    }

    public Optional<InstanceSettings> instance(String instanceName) {
        return instances.stream().filter(instance -> instance.name().equals(instanceName)).findFirst();
    }

    /** {@code https} or {@code http}. */
    public String scheme() {
        return tls.isPresent() ? "https" : "http";
    }

    /** Where the gateway listens, as a URL. */
    public String address() {
        return scheme() + "://" + HostAndPort.of(host, port);
    }

    /** Whether the gateway listens for programs on its own machine only. */
    public boolean isLocal() {
        return host.equalsIgnoreCase("localhost") || IpLiteral.parse(host).map(InetAddress::isLoopbackAddress).orElse(false);
    }

    /** A copy of these settings with other instances. */
    public Settings withInstances(List<InstanceSettings> others) {
        return new Settings(name, host, port, baseUrl, routing, breaker, streams, rateLimit, clients, admin, monitoring,
                logging, traces, cors, tls, warmUp, models, others, written);
    }

    /** A copy of these settings with another address for clients. */
    public Settings withBaseUrl(String other) {
        return new Settings(name, host, port, other, routing, breaker, streams, rateLimit, clients, admin, monitoring,
                logging, traces, cors, tls, warmUp, models, instances, written);
    }

    /** A copy of these settings with other clients. */
    public Settings withClients(ClientSettings others) {
        return new Settings(name, host, port, baseUrl, routing, breaker, streams, rateLimit, others, admin, monitoring,
                logging, traces, cors, tls, warmUp, models, instances, written);
    }
}
