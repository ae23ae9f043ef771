package dev.openaigateway.config;

import java.util.Optional;

/**
 * The Microsoft Entra identity with which the gateway authenticates to an instance, in place of a key.
 *
 * @param type      how a token is obtained
 * @param tenant    id or domain of the tenant; empty: {@code AZURE_TENANT_ID}
 * @param clientId  of the application or of a user-assigned managed identity; empty: {@code AZURE_CLIENT_ID}
 * @param secret    of the application; blank: {@code AZURE_CLIENT_SECRET}
 * @param tokenFile the file with the federated token; empty: {@code AZURE_FEDERATED_TOKEN_FILE}
 * @param scope     what the token is for, such as {@code https://cognitiveservices.azure.com/.default}
 */
public record IdentitySettings(
        Type type, Optional<String> tenant, Optional<String> clientId, Secret secret, Optional<String> tokenFile, String scope) {

    /** How a token is obtained. */
    public enum Type {
        /** The first of the others for which the environment has what it needs, in the order of these constants. */
        DEFAULT,
        CLIENT_SECRET,
        WORKLOAD,
        MANAGED
    }
}
