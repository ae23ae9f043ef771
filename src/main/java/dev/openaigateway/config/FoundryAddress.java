package dev.openaigateway.config;

import java.net.URI;
import java.util.regex.Pattern;

/** The address of Azure AI Foundry's API for the models of all vendors. */
public final class FoundryAddress {

    private static final String PATH = "/models";
    private static final Pattern AZURE = Pattern.compile("(?i).*\\.(services\\.ai|cognitiveservices|openai)\\.azure\\.(com|us|cn)");

    private FoundryAddress() {
    }

    /**
     * Whether the address of an Azure resource is that of this API. On a host that is not Azure's, a path such as {@code /team/models} may be any
     * path of a proxy.
     */
    public static boolean is(URI base) {
        String path = base.getRawPath();
        return path.equals(PATH) || path.endsWith(PATH) && AZURE.matcher(base.getHost()).matches();
    }
}
