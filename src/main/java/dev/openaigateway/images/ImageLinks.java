package dev.openaigateway.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.call.Call;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.openai.Json;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.outcome.AttemptFailedException;
import dev.openaigateway.routing.outcome.FailureReason;
import dev.openaigateway.routing.outcome.Outcome;
import dev.openaigateway.upstream.MediaType;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Replaces inline image data in a response by links to the gateway, if the client requested URLs. Fails the attempt as
 * malformed if the response is 64 MB or longer.
 */
public final class ImageLinks implements Processor {

    private static final int LARGEST_RESPONSE = 64 * 1024 * 1024;

    private static final Pattern DALL_E = Pattern.compile("(?i)dall-?e");

    private final ImageStore store;
    private final LiveSettings settings;

    public ImageLinks(ImageStore store, LiveSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Attempt attempt = Attempt.of(exchange);
        Call call = attempt.call();
        Message response = exchange.getMessage();
        if (call.request().operation().returnsImages() && !call.received().stream() && response.getBody() instanceof InputStream body && mayBeJson(response)
                && wantsUrls(attempt)) {
            byte[] bytes = body.readNBytes(LARGEST_RESPONSE);
            if (bytes.length == LARGEST_RESPONSE) {
                throw new AttemptFailedException(new Outcome.Failed(FailureReason.MALFORMED, "too long"));
            }
            response.setBody(new ByteArrayInputStream(linked(bytes, attempt.request().model())));
        }
    }

    /** If the request names no format, the API returns URLs for DALL-E models and data for all later ones. */
    private static boolean wantsUrls(Attempt attempt) {
        ModelRequest request = attempt.request();
        return request.body().text("response_format").map("url"::equals).orElseGet(() -> isDallE(request.model())
                || isDallE(attempt.instance().settings().target(request.model(), request.operation().path()).modelName()));
    }

    private static boolean isDallE(String model) {
        return DALL_E.matcher(model).find();
    }

    private byte[] linked(byte[] bytes, String model) {
        try {
            JsonNode root = Json.MAPPER.readTree(bytes);
            boolean changed = false;
            for (JsonNode image : root.path("data")) {
                if (image instanceof ObjectNode object && object.path("b64_json").isTextual()) {
                    object.put("url", link(Base64.getDecoder().decode(object.remove("b64_json").textValue()), model));
                    changed = true;
                }
            }
            return changed ? Json.MAPPER.writeValueAsBytes(root) : bytes;
        } catch (IOException | IllegalArgumentException notAsExpected) {
            // Leaves the response unchanged if it is not JSON or not valid Base64; the next step classifies it.
            return bytes;
        }
    }

    private String link(byte[] image, String model) {
        return settings.get().baseUrl() + "/v1/images/data/" + URLEncoder.encode(model, StandardCharsets.UTF_8) + "/" + store.keep(image);
    }

    /** Upstreams, and proxies before them, send JSON under any type or none. */
    private static boolean mayBeJson(Message response) {
        MediaType type = MediaType.of(response);
        return !type.isMedia() && !type.isEventStream();
    }
}
