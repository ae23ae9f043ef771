package dev.openaigateway.call;

import dev.openaigateway.config.KeyedClient;

import java.util.Set;

/**
 * A client of the gateway. Immutable.
 *
 * @param name   the client's name in logs and statistics; never its key
 * @param tpm    tokens per minute; 0 is no limit
 * @param rpm    requests per minute; 0 is no limit
 * @param models the only models the client may use; empty allows all
 */
public record Client(String name, long tpm, long rpm, Set<String> models) {

    /** The client of every request while no keys are configured. */
    public static final Client ANONYMOUS = new Client(KeyedClient.KEYLESS, 0, 0, Set.of());

    public Client {
        models = Set.copyOf(models);
    }

    /** Whether this is the name of {@link #ANONYMOUS}, which no client with a credential has. */
    public static boolean isAnonymous(String name) {
        return ANONYMOUS.name.equals(name);
    }

    /** Whether the client may use the model; names are compared exactly. */
    public boolean mayUse(String model) {
        return models.isEmpty() || models.contains(model);
    }
}
