package dev.openaigateway.config;

/** A host and a port as URLs have them: an IPv6 address in brackets. */
public final class HostAndPort {

    private HostAndPort() {
    }

    /** @param host a name or an address, without brackets */
    public static String of(String host, int port) {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
