package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.config.ClientKey;
import dev.openaigateway.config.KeyedClient;
import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A change of the keys of one client. Immutable.
 *
 * @param client the client's name
 * @param added  the new key; empty if there is none
 * @param ended  id of the key that ends; empty if none does
 * @param now    an end that is not after it removes an issued key
 * @param end    when that key ends; null if none does
 */
public record KeyChange(String client, Optional<ClientKey> added, Optional<String> ended, Instant now, Instant end) {

    public static KeyChange add(String client, ClientKey key, Instant now) {
        return new KeyChange(client, Optional.of(key), Optional.empty(), now, null);
    }

    /** Adds a key that replaces another, which ends at the given time if it does not end earlier. */
    public static KeyChange rotate(String client, String id, ClientKey next, Instant now, Instant end) {
        return new KeyChange(client, Optional.of(next), Optional.of(id), now, end);
    }

    /** Ends a key at once. */
    public static KeyChange revoke(String client, String id, Instant now) {
        return new KeyChange(client, Optional.empty(), Optional.of(id), now, now);
    }

    /** The values of {@code clients} that change in settings; a key that they name themselves is listed as revoked. */
    ObjectNode over(LoadedSettings settings) throws InvalidSettingsException {
        KeyedClient known = settings.settings().clients().client(client).orElseThrow(() -> problem("client", client, "is not a configured client",
                DidYouMean.name(client, settings.settings().clients().keys().stream().map(KeyedClient::name).toList())));
        List<ClientKey> issued = new ArrayList<>(known.keys().stream().filter(key -> key.issued().isPresent()).toList());
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        if (ended.isPresent()) {
            ClientKey last = known.key(ended.get()).orElseThrow(() -> problem("key", ended.get(), "is not a key of client " + client,
                    DidYouMean.name(ended.get(), known.keys().stream().map(ClientKey::id).toList())));
            if (last.issued().isEmpty()) {
                values.putObject(KeyBinder.REVOKED).put(last.digest().written(), last.until(end).expires().orElse(end).toString());
            } else if (end.isAfter(now)) {
                issued.set(issued.indexOf(last), last.until(end));
            } else {
                issued.remove(last);
            }
        }
        added.ifPresent(issued::add);
        if (values.has(KeyBinder.REVOKED) && added.isEmpty()) {
            return values;
        }
        ArrayNode list = values.putObject(KeyBinder.ISSUED).putArray(client);
        issued.forEach(key -> list.add(written(key)));
        return values;
    }

    /** The values as a tree, to be laid over settings. */
    static SettingsTree tree(ObjectNode values) {
        SettingsTree tree = new SettingsTree();
        values.properties().forEach(part -> part.getValue().properties().forEach(entry ->
                tree.put(new Origin(Origin.ADMIN, "clients." + part.getKey(), 0), entry.getValue(), "clients", part.getKey(), entry.getKey())));
        return tree;
    }

    private static ObjectNode written(ClientKey key) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("hash", key.digest().written());
        key.issued().ifPresent(created -> node.put("created", created.toString()));
        key.expires().ifPresent(end -> node.put("expires", end.toString()));
        return node;
    }

    private static InvalidSettingsException problem(String path, String value, String requirement, Optional<String> nearest) {
        return new InvalidSettingsException(new Problem(Origin.ADMIN, path, Optional.of(value), requirement, nearest));
    }
}
