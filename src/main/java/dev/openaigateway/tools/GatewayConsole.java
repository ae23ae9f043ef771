package dev.openaigateway.tools;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.admin.JsonResponder;
import dev.openaigateway.openai.Json;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonObject;

import java.util.Map;
import java.util.stream.Collectors;

/** A developer console of Camel with a document of the gateway, as JSON and as the same JSON in lines. Thread-safe. */
public final class GatewayConsole extends AbstractDevConsole {

    /** Creates the document. */
    @FunctionalInterface
    public interface Source {

        /** @param options what the caller asks for, by name */
        Object document(Map<String, String> options) throws Exception;
    }

    private static final String GROUP = "gateway";

    private final Source source;

    /** @param id by which tools ask for the console */
    public GatewayConsole(String id, String title, String description, Source source) {
        super(GROUP, id, title, description);
        this.source = source;
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        return document(options).toPrettyString();
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        JsonObject json = new JsonObject();
        document(options).fields().forEachRemaining(member -> json.put(member.getKey(), Json.MAPPER.convertValue(member.getValue(), Object.class)));
        return json;
    }

    /** A failure is a document too: Camel would pass it on to all consoles. */
    private JsonNode document(Map<String, Object> options) {
        try {
            return JsonResponder.tree(source.document(options.entrySet().stream().filter(option -> option.getValue() != null)
                    .collect(Collectors.toMap(Map.Entry::getKey, option -> option.getValue().toString()))));
        } catch (Exception e) {
            return JsonResponder.tree(Map.of("error", String.valueOf(e.getMessage())));
        }
    }
}
