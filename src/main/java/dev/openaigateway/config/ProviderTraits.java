package dev.openaigateway.config;

import java.util.List;

/**
 * The traits of a provider that validation needs before provider beans exist.
 *
 * @param keyRequired    whether an instance must have a key
 * @param hasDeployments whether models are served under deployment names, which are part of URLs: {@code MODEL_MAP_*}
 *                       applies to it, and {@code api_base} may be the address of a deployment
 */
public record ProviderTraits(boolean keyRequired, boolean hasDeployments) {

    public static final String AZURE = "azure";
    public static final String GENERIC = "generic";
    /** The {@code provider_type} of an instance that names none. */
    public static final String DEFAULT = AZURE;
    /** The names of the built-in providers. */
    public static final List<String> BUILT_IN = List.of(AZURE, GENERIC);

    private static final ProviderTraits OF_AZURE = new ProviderTraits(true, true);
    private static final ProviderTraits OF_OTHERS = new ProviderTraits(false, false);

    /** @param providerType any name, lower case */
    public static ProviderTraits of(String providerType) {
        return providerType.equals(AZURE) ? OF_AZURE : OF_OTHERS;
    }
}
