package dev.openaigateway.security;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Recognises requests that a proxy has forwarded, by the headers that proxies, gateways and content networks add. */
public final class ProxyHeaders {

    private static final Set<String> NAMES = Set.of(
            "forwarded", "via", "x-real-ip", "true-client-ip", "client-ip", "x-client-ip", "x-cluster-client-ip", "x-remote-ip", "x-remote-addr",
            "x-originating-ip", "x-original-forwarded-for", "x-original-host", "x-original-uri", "x-original-url", "x-proxyuser-ip",
            "cf-connecting-ip", "cf-ray", "cdn-loop", "fastly-client-ip", "fly-client-ip", "x-azure-clientip", "x-azure-socketip",
            "x-arr-log-id", "x-appgw-trace-id", "x-host", "x-scheme", "x-url-scheme", "front-end-https", "remote-addr", "x-nginx-proxy");
    private static final List<String> BEGINNINGS = List.of("x-forwarded", "x-envoy-", "cloudfront-", "x-appengine-", "tailscale-", "x-goog-iap-");
    private static final String CLIENT_ADDRESS = "-client-ip";

    private ProxyHeaders() {
    }

    /** Whether a header says that the request was forwarded. A proxy need not add any. */
    public static boolean in(NamedHeaders headers) {
        for (String name : headers.names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (NAMES.contains(lower) || lower.endsWith(CLIENT_ADDRESS) || BEGINNINGS.stream().anyMatch(lower::startsWith)) {
                return true;
            }
        }
        return false;
    }
}
