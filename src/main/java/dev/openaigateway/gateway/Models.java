package dev.openaigateway.gateway;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.openaigateway.call.Call;
import dev.openaigateway.call.Client;
import dev.openaigateway.config.ModelSettings;
import dev.openaigateway.openai.ClientPaths;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.JsonOutput;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.upstream.ModelLists;
import dev.openaigateway.upstream.ModelLists.Listed;
import io.vertx.core.buffer.Buffer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import java.io.IOException;
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
    public void process(Exchange exchange) {
        String path = ClientPaths.withoutSlash(ClientRequest.message(exchange).getRequest().path());
        Client client = Call.require(exchange).client();
        int one = path.indexOf(ONE);
        byte[] response = one < 0 ? all(client) : one(ClientPaths.decoded(path.substring(one + ONE.length())), client);
        Message message = exchange.getMessage();
        message.getHeaders().clear();
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(Buffer.buffer(response));
    }

    private byte[] all(Client client) {
        Map<String, Listed> others = lists.models();
        Set<String> names = new TreeSet<>(instances.listedModels());
        others.keySet().stream().filter(name -> !instances.catalogue().hides(name)).forEach(names::add);
        names.removeIf(name -> !client.mayUse(name));
        return JsonOutput.write(json -> {
            json.writeStartObject();
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            for (String model : names) {
                writeEntry(json, model, others.get(model));
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private byte[] one(String model, Client client) {
        boolean named = instances.models().contains(model);
        Map<String, Listed> others = named ? Map.of() : lists.models();
        if (!named && !others.containsKey(model) || !client.mayUse(model)) {
            throw Errors.modelNotFound(model, instances.listedModels().stream().filter(client::mayUse).toList()).exception();
        }
        return JsonOutput.write(json -> writeEntry(json, model, others.get(model)));
    }

    /** @param other as an upstream lists it; null if the settings name the model */
    private void writeEntry(JsonGenerator json, String model, Listed other) throws IOException {
        boolean known = other != null && !instances.models().contains(model);
        json.writeStartObject();
        json.writeStringField("id", model);
        json.writeStringField("object", "model");
        json.writeNumberField("created", known && other.created() > 0 ? other.created() : created);
        json.writeStringField("owned_by", known && !other.ownedBy().isEmpty() ? other.ownedBy() : "gateway");
        Optional<ModelSettings> settings = instances.catalogue().entry(model);
        String displayName = settings.flatMap(ModelSettings::displayName).orElse(null);
        if (displayName != null) {
            json.writeStringField("display_name", displayName);
        }
        writePositive(json, "context_length", instances.longestPrompt(model));
        writePositive(json, "max_output_tokens", settings.map(ModelSettings::maxOutputTokens).orElse(0L));
        json.writeEndObject();
    }

    private static void writePositive(JsonGenerator json, String name, long value) throws IOException {
        if (value > 0) {
            json.writeNumberField(name, value);
        }
    }
}
