package dev.openaigateway.security;

import dev.openaigateway.call.Client;
import dev.openaigateway.config.Settings;
import dev.openaigateway.security.Authentication.Accepted;
import dev.openaigateway.security.Authentication.ForeignHost;
import dev.openaigateway.security.Authentication.ForeignOrigin;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides on requests while no key is needed: every program is served, but not every web page that a browser beside the gateway shows.
 * A page cannot read the response, yet a form or a text that it sends would be answered at the operator's expense. Thread-safe.
 */
final class KeylessAccess {

    private static final Authentication EVERYONE = new Accepted(Client.ANONYMOUS);
    private static final Authentication FOREIGN_HOST = new ForeignHost();
    private static final Authentication FOREIGN_ORIGIN = new ForeignOrigin();

    private static final Pattern ORIGIN = Pattern.compile("([A-Za-z][\\w+.-]*)://([^/]*)");
    private static final Pattern LOCAL = Pattern.compile("(?i)(?:(?:[\\w-]+\\.)*localhost|127\\.0\\.0\\.1|\\[::1])(?::\\d+)?");

    private final AllowedHosts hosts;
    private final AllowedOrigins origins;

    KeylessAccess(Settings settings) {
        hosts = new AllowedHosts(settings);
        URI base = URI.create(settings.baseUrl());
        List<String> listed = new ArrayList<>(settings.cors().allowedOrigins());
        listed.add((base.getScheme() + "://" + base.getRawAuthority()).toLowerCase(Locale.ROOT));
        origins = new AllowedOrigins(listed);
    }

    /** {@link Accepted} as the anonymous client, {@link ForeignHost} or {@link ForeignOrigin}. */
    Authentication decide(HeaderLookup headers) {
        return hosts.serve(headers.value("Host")) ? decideOnPage(headers) : FOREIGN_HOST;
    }

    /** Decides as {@link #decide}, whatever the host. */
    Authentication decideOnPage(HeaderLookup headers) {
        String origin = headers.value("Origin");
        return origins.serve(headers) || origin != null && isLocal(origin) ? EVERYONE : FOREIGN_ORIGIN;
    }

    /** Of an application or an extension, which have schemes of their own, or of a page that a program of the browser's machine serves. */
    private static boolean isLocal(String origin) {
        Matcher parts = ORIGIN.matcher(origin);
        return parts.matches() && (!parts.group(1).matches("(?i)https?") || LOCAL.matcher(parts.group(2)).matches());
    }
}
