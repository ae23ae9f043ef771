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
import io.vertx.core.buffer.Buffer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Lists the public names of the models that instances serve and the client may use, or describes the one whose name follows {@code /models/} in the path. */
public final class Models implements Processor {

    private static final String ONE = "/models/";

    private final Instances instances;
    private final long created;

    /** @param started reported as the creation time of every model, because the real one is unknown */
    public Models(Instances instances, Instant started) {
        this.instances = instances;
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
        listed(client).forEach(model -> data.add(entry(model)));
        return list;
    }

    private List<String> listed(Client client) {
        return instances.listedModels().stream().filter(client::mayUse).toList();
    }

    private ObjectNode one(String model, Client client) {
        if (!instances.models().contains(model) || !client.mayUse(model)) {
            throw Errors.modelNotFound(model, listed(client)).exception();
        }
        return entry(model);
    }

    private ObjectNode entry(String model) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode()
                .put("id", model).put("object", "model").put("created", created).put("owned_by", "gateway");
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
