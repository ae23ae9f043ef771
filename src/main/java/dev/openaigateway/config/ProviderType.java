package dev.openaigateway.config;

/**
 * The values of {@code provider_type} that the settings themselves use: as default, and for the instances of other formats.
 * What a provider requires is in its {@link ProviderTraits}, never concluded from its name.
 */
public final class ProviderType {

    public static final String AZURE = "azure";
    public static final String GENERIC = "generic";
    /** The {@code provider_type} of an instance that names none. */
    public static final String DEFAULT = AZURE;

    private ProviderType() {
    }
}
