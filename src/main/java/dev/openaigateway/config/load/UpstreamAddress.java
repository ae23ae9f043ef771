package dev.openaigateway.config.load;

import dev.openaigateway.config.ProviderTraits.AddressForm;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of an upstream as operators write it, which may be the URL of one operation as a portal shows it.
 *
 * @param base       without a trailing slash; the address of the resource for {@link AddressForm#AZURE_RESOURCE}, where it has no query
 * @param version    the {@code api-version} that it names; only for a resource
 * @param deployment the deployment in its path; only for a resource
 */
record UpstreamAddress(URI base, Optional<String> version, Optional<String> deployment) {

    private static final Pattern DEPLOYMENT = Pattern.compile("(?<base>.*?)/openai/deployments/(?<deployment>[^/]+)(/.*)?");
    private static final Pattern NEWER = Pattern.compile("(?<base>.*?)/openai(?<v1>/v1)?(/(chat/completions|completions|embeddings|responses))?");
    private static final String CHAT = "/chat/completions";
    private static final Pattern SECRET = Pattern.compile("(?i).*(key|token|secret|password|passwd|sig|signature|code)");
    private static final String VERSION = "api-version";

    /** The address of an upstream: http or https, with a host that {@link URI} can parse, as Camel requires. */
    static URI parse(String text) throws InvalidValueException {
        int query = text.indexOf('?');
        URI address = AddressParsers.upstreamUrl(query < 0 ? text : text.substring(0, query));
        String parameters = query < 0 ? "" : text.substring(query + 1);
        if (parameters.isEmpty()) {
            return address;
        }
        if (Arrays.stream(parameters.split("&")).anyMatch(parameter -> SECRET.matcher(parameter.split("=", 2)[0]).matches())) {
            throw new InvalidValueException("must have no key in its query, since addresses are shown; use api_key or headers");
        }
        try {
            return URI.create(address + "?" + parameters);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("must have a query that is percent-encoded");
        }
    }

    static UpstreamAddress of(URI written, AddressForm form) {
        if (form == AddressForm.AZURE_RESOURCE) {
            return ofResource(written);
        }
        String path = written.getRawPath();
        return new UpstreamAddress(path.endsWith(CHAT) ? at(written, path.substring(0, path.length() - CHAT.length()), written.getRawQuery())
                : written, Optional.empty(), Optional.empty());
    }

    private static UpstreamAddress ofResource(URI written) {
        Optional<String> version = parameter(written);
        Matcher deployed = DEPLOYMENT.matcher(written.getRawPath());
        if (deployed.matches()) {
            return new UpstreamAddress(at(written, deployed.group("base"), null), version, Optional.of(deployed.group("deployment")));
        }
        Matcher newer = NEWER.matcher(written.getRawPath());
        if (newer.matches()) {
            return new UpstreamAddress(at(written, newer.group("base"), null),
                    version.or(() -> Optional.ofNullable(newer.group("v1")).map(v1 -> "v1")), Optional.empty());
        }
        return new UpstreamAddress(at(written, written.getRawPath(), null), version, Optional.empty());
    }

    private static Optional<String> parameter(URI url) {
        String query = url.getRawQuery() == null ? "" : url.getRawQuery();
        return Arrays.stream(query.split("&")).map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2 && pair[0].toLowerCase(Locale.ROOT).equals(VERSION) && !pair[1].isEmpty())
                .map(pair -> pair[1]).findFirst();
    }

    private static URI at(URI url, String path, String query) {
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + path + (query == null ? "" : "?" + query));
    }
}
