package dev.openaigateway.config;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address on Azure OpenAI, taken apart.
 *
 * @param base       scheme and host
 * @param deployment the one that the path names, if it does
 */
record AzureAddress(URI base, Optional<String> deployment) {

    private static final Pattern DEPLOYMENT = Pattern.compile("(.*)/openai/deployments/([^/]+)");

    /** Empty when the address is not one of Azure OpenAI. */
    static Optional<AzureAddress> of(URI url) {
        Matcher path = DEPLOYMENT.matcher(url.getRawPath());
        if (path.matches()) {
            return Optional.of(new AzureAddress(origin(url, path.group(1)), Optional.of(path.group(2))));
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
