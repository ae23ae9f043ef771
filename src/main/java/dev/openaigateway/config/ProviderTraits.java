package dev.openaigateway.config;

import java.util.List;

/**
 * What the settings must know of a provider before it is there to be asked.
 *
 * @param keyRequired    whether an instance must have a key
 * @param hasDeployments whether it serves deployments that have names of their own, which stand in URLs: {@code MODEL_MAP_*}
 *                       applies to it, and {@code api_base} may be the address of a deployment
 */
public record ProviderTraits(boolean keyRequired, boolean hasDeployments) {

    /** The {@code provider_type} of an instance that names none. */
    public static final String DEFAULT = "azure";
    /** The providers that are always there. */
    public static final List<String> BUILT_IN = List.of(DEFAULT, "generic");

    private static final ProviderTraits AZURE = new ProviderTraits(true, true);
    private static final ProviderTraits OTHERS = new ProviderTraits(false, false);

    /** @param providerType any name, lower case */
    public static ProviderTraits of(String providerType) {
        return providerType.equals(DEFAULT) ? AZURE : OTHERS;
    }
}
