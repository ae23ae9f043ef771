package dev.openaigateway.config;

/**
 * The requirements of a provider on the settings of its instances. Each provider states its own traits.
 *
 * @param keyRequired    whether an instance must have a key
 * @param hasDeployments whether models are served under deployment names, which are part of URLs: {@code MODEL_MAP_*}
 *                       applies to it, and an instance that serves any model accepts only names that can be such a name
 * @param addressForm    which forms {@code api_base} may have
 */
public record ProviderTraits(boolean keyRequired, boolean hasDeployments, AddressForm addressForm) {

    /** Requires nothing: the traits of most providers, and of one that is not known yet. */
    public static final ProviderTraits NONE = new ProviderTraits(false, false, AddressForm.AS_WRITTEN);

    public enum AddressForm {
        /** {@code api_base} is used as it is written, without an operation at its end. */
        AS_WRITTEN,
        /**
         * {@code api_base} is the address of an Azure resource. {@code /openai} and {@code /openai/v1} at its end are dropped;
         * the latter selects {@code api_version: v1} unless the instance sets another. {@linkplain FoundryAddress Foundry's {@code /models}} stays. The URL of an operation of
         * another API is refused.
         */
        AZURE_RESOURCE
    }
}
