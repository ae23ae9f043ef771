package dev.openaigateway.config.load;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a URL of Azure OpenAI's dated API.
 *
 * @param base       scheme and host
 * @param deployment the deployment in the path, if any
 */
record AzureAddress(URI base, Optional<String> deployment) {

    private static final Pattern DEPLOYMENT = Pattern.compile("(.*)/openai/deployments/([^/]+)");

    private static final Pattern NEWER = Pattern.compile("(.*)/openai(/v1)?");

    /** Empty for any other URL, including those of Azure's newer API, which has the form of OpenAI's. */
    static Optional<AzureAddress> of(URI url) {
        Matcher path = DEPLOYMENT.matcher(url.getRawPath());
        if (path.matches()) {
            return Optional.of(new AzureAddress(origin(url, path.group(1)), Optional.of(path.group(2))));
        }
        if (NEWER.matcher(url.getRawPath()).matches()) {
            return Optional.empty();
        }
        String host = url.getRawAuthority().toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "");
        return host.endsWith(".openai.azure.com") || host.endsWith(".cognitiveservices.azure.com")
                ? Optional.of(new AzureAddress(url, Optional.empty()))
                : Optional.empty();
    }

    private static URI origin(URI url, String path) {
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + path);
    }
}
