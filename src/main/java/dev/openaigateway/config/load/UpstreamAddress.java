package dev.openaigateway.config.load;

import dev.openaigateway.config.FoundryAddress;
import dev.openaigateway.config.ProviderTraits.AddressForm;
import dev.openaigateway.openai.Operation;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The address of an upstream as operators write it, which may be the URL of one operation as a portal shows it.
 *
 * @param base       without a trailing slash; the address of the resource for {@link AddressForm#AZURE_RESOURCE}, where it has no query, with {@code /models} for Foundry's API
 * @param version    the {@code api-version} that it names; only for a resource
 * @param deployment the deployment in its path; only for a resource
 */
record UpstreamAddress(URI base, Optional<String> version, Optional<String> deployment) {

    private static final Pattern DEPLOYMENT = Pattern.compile("(?<base>.*?)/openai/deployments/(?<deployment>[^/]+)(/.*)?");
    private static final String OPERATIONS = operations(any -> true);
    private static final String OF_TWO_WORDS = operations(path -> path.contains("/"));
    private static final Pattern NEWER = Pattern.compile("(?<base>.*?)/openai(?<v1>/v1)?(/(" + OPERATIONS + "|models))?");
    private static final Pattern FOUNDRY = Pattern.compile("(?<base>.*?/models)(/(" + OPERATIONS + "|info))?");
    private static final Pattern RESOURCE = Pattern.compile("/openai/");
    /** A single word is an operation only after a version or below Foundry's path. Elsewhere it may be a path of a proxy. */
    private static final Pattern OPERATION = Pattern.compile(
            "(?<base>.*?)/(" + OF_TWO_WORDS + "|(?<=/v\\d[a-z\\d]{0,9}(/openai)?/|^/models/)(" + OPERATIONS + "|models))");
    /** Of models of one vendor each, with a key of their own. */
    private static final String SERVERLESS = ".models.ai.azure.com";
    private static final Pattern SECRET = Pattern.compile("(?i).*(key|token|secret|password|passwd|sig|signature|code)");
    private static final String VERSION = "api-version";

    /** The address of an upstream in a form that its provider has: http or https, with a host that {@link URI} can parse, as Camel requires. */
    static URI parse(String text, AddressForm form) throws InvalidValueException {
        URI address = parse(text);
        boolean otherApi = OPERATION.matcher(address.getRawPath()).matches() && !RESOURCE.matcher(address.getRawPath()).find() && foundry(address).isEmpty()
                || address.getHost().toLowerCase(Locale.ROOT).endsWith(SERVERLESS);
        if (form == AddressForm.AZURE_RESOURCE && otherApi) {
            throw new InvalidValueException("must be the address of an Azure resource, such as https://RES.openai.azure.com; this API needs provider_type: generic");
        }
        return address;
    }

    private static URI parse(String text) throws InvalidValueException {
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
        Matcher operation = OPERATION.matcher(written.getRawPath());
        return new UpstreamAddress(operation.matches() ? at(written, operation.group("base"), written.getRawQuery()) : written, Optional.empty(), Optional.empty());
    }

    private static UpstreamAddress ofResource(URI written) {
        Optional<String> version = parameter(written);
        String path = written.getRawPath();
        Matcher deployed = DEPLOYMENT.matcher(path);
        if (deployed.matches()) {
            return new UpstreamAddress(at(written, deployed.group("base"), null), version, Optional.of(deployed.group("deployment")));
        }
        Matcher newer = NEWER.matcher(path);
        if (newer.matches()) {
            return new UpstreamAddress(at(written, newer.group("base"), null),
                    version.or(() -> Optional.ofNullable(newer.group("v1")).map(v1 -> "v1")), Optional.empty());
        }
        return new UpstreamAddress(foundry(written).orElse(at(written, path, null)), version, Optional.empty());
    }

    /** The address of Foundry's API; empty if the URL is of another. */
    private static Optional<URI> foundry(URI written) {
        Matcher path = FOUNDRY.matcher(written.getRawPath());
        return path.matches() ? Optional.of(at(written, path.group("base"), null)).filter(FoundryAddress::is) : Optional.empty();
    }

    /** Whether the address of a resource says itself which version its API has. */
    static boolean hasVersion(String text) {
        try {
            UpstreamAddress address = of(parse(text, AddressForm.AZURE_RESOURCE), AddressForm.AZURE_RESOURCE);
            return address.version.isPresent() || FoundryAddress.is(address.base);
        } catch (InvalidValueException reportedLater) {
            // The address itself is a setting, whose reader reports what is wrong.
            return false;
        }
    }

    private static String operations(Predicate<String> which) {
        return Arrays.stream(Operation.values()).filter(operation -> operation != Operation.PASSTHROUGH).map(Operation::path).filter(which)
                .map(Pattern::quote).collect(Collectors.joining("|"));
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
