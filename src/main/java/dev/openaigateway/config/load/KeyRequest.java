package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.problem.InvalidSettingsException;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The request of an administrator for a new key of a client.
 *
 * @param expires end of the new key; empty: none
 * @param overlap time for which the key that it replaces stays valid
 */
public record KeyRequest(Optional<Instant> expires, Duration overlap) {

    private static final int A_DAY = 86_400;
    private static final int A_YEAR = 366 * A_DAY;

    /**
     * @param body     {@code expires}, and for a replacement {@code overlap} in seconds; a day by default
     * @param replaces whether the key replaces another
     * @throws InvalidSettingsException with all problems of the body
     */
    public static KeyRequest read(ObjectNode body, boolean replaces, Instant now) throws InvalidSettingsException {
        SettingsTree tree = new SettingsTree();
        for (Map.Entry<String, JsonNode> entry : body.properties()) {
            tree.put(new Origin(Origin.ADMIN, entry.getKey(), 0), entry.getValue(), entry.getKey());
        }
        Binding binding = new Binding(tree);
        Section section = binding.root(JsonNodeFactory.instance.objectNode());
        Optional<Instant> expires = section.optional("expires", KeyParsers::time);
        int overlap = replaces ? section.value("overlap", A_DAY, ValueParsers.integer(0, A_YEAR)) : 0;
        section.refuseUnknownKeys();
        if (expires.filter(end -> !end.isAfter(now)).isPresent()) {
            section.problem("expires", expires.get().toString(), "must be in the future");
        }
        binding.throwIfBroken();
        return new KeyRequest(expires, Duration.ofSeconds(overlap));
    }
}
