package dev.openaigateway.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.call.Call;
import dev.openaigateway.call.Client;
import dev.openaigateway.config.ModelSettings;
import dev.openaigateway.openai.ClientPaths;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.Json;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.upstream.ModelLists;
import dev.openaigateway.upstream.ModelLists.Listed;
import io.vertx.core.buffer.Buffer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lists the public names of the models that instances serve and the client may use, or describes the one whose name follows
 * {@code /models/} in the path. Instances that serve any model add what their upstreams list.
 */
public final class Models implements Processor {

    private static final String ONE = "/models/";

    private final Instances instances;
    private final ModelLists lists;
    private final long created;

    /** @param started reported as the creation time of models whose real one is unknown */
    public Models(Instances instances, ModelLists lists, Instant started) {
        this.instances = instances;
        this.lists = lists;
        this.created = started.getEpochSecond();
    }

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        String path = ClientRequest.message(exchange).getRequest().path();
        Client client = Call.of(exchange).client();
        int one = path.indexOf(ONE);
        ObjectNode response = one < 0 ? all(client) : one(ClientPaths.decoded(path.substring(one + ONE.length())), client);
        Message message = exchange.getMessage();
        message.getHeaders().clear();
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(Buffer.buffer(Json.MAPPER.writeValueAsBytes(response)));
    }

    private ObjectNode all(Client client) {
        ObjectNode list = JsonNodeFactory.instance.objectNode().put("object", "list");
        ArrayNode data = list.putArray("data");
        Map<String, Listed> others = lists.models();
        Set<String> names = new TreeSet<>(instances.listedModels());
        others.keySet().stream().filter(name -> !instances.catalogue().hides(name)).forEach(names::add);
        names.stream().filter(client::mayUse).forEach(model -> data.add(entry(model, others.get(model))));
        return list;
    }

    private ObjectNode one(String model, Client client) {
        boolean named = instances.models().contains(model);
        Map<String, Listed> others = named ? Map.of() : lists.models();
        if (!named && !others.containsKey(model) || !client.mayUse(model)) {
            throw Errors.modelNotFound(model, instances.listedModels().stream().filter(client::mayUse).toList()).exception();
        }
        return entry(model, others.get(model));
    }

    /** @param other as an upstream lists it; null if the settings name the model */
    private ObjectNode entry(String model, Listed other) {
        boolean known = other != null && !instances.models().contains(model);
        ObjectNode entry = JsonNodeFactory.instance.objectNode()
                .put("id", model).put("object", "model").put("created", known && other.created() > 0 ? other.created() : created)
                .put("owned_by", known && !other.ownedBy().isEmpty() ? other.ownedBy() : "gateway");
        Optional<ModelSettings> settings = instances.catalogue().entry(model);
        settings.flatMap(ModelSettings::displayName).ifPresent(name -> entry.put("display_name", name));
        long longest = instances.longestPrompt(model);
        if (longest > 0) {
            entry.put("context_length", longest);
        }
        settings.map(ModelSettings::maxOutputTokens).filter(tokens -> tokens > 0).ifPresent(tokens -> entry.put("max_output_tokens", tokens));
        return entry;
    }
}
