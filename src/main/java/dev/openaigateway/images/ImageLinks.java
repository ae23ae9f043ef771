package dev.openaigateway.images;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.call.memory.BufferedBody;
import dev.openaigateway.call.memory.CallMemory;
import dev.openaigateway.call.memory.MemoryBudget;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.outcome.AttemptFailedException;
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
import java.util.List;
import java.util.regex.Pattern;

/**
 * Replaces inline image data in a response by links to the gateway, if the client requested URLs. Fails the attempt as
 * malformed if the response is 64 MB or longer; the client gets 503 if there is no memory for the response or its images.
 */
public final class ImageLinks implements Processor {

    private static final int LARGEST_RESPONSE = 64 * 1024 * 1024;
    /** In bytes: the other members of a response, and escapes in its Base64. */
    private static final int BESIDE_IMAGES = 1024 * 1024;

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
            try {
                response.setBody(new ByteArrayInputStream(linked(read(body, call.memory()), attempt)));
            } catch (AttemptFailedException | IOException e) {
                call.cancellation().cancel();
                throw e;
            }
        }
    }

    /** Reads no more than the images that can be kept take as Base64. */
    private BufferedBody read(InputStream body, CallMemory memory) throws IOException {
        int longest = (int) Math.min(LARGEST_RESPONSE, store.largest() / 3 * 4 + BESIDE_IMAGES);
        BufferedBody whole = BufferedBody.read(body, longest, memory);
        if (!whole.complete()) {
            int length = whole.bytes().length;
            throw length == LARGEST_RESPONSE ? AttemptFailedException.malformed("too long")
                    : dropped(Errors.memoryFull(!whole.tooLarge() && length < longest));
        }
        memory.shrink(whole.surplus());
        return whole;
    }

    /** The upstream has responded with success, so it bills the images although the gateway has no room for them. */
    private static AttemptFailedException dropped(ApiError error) {
        return new AttemptFailedException(new Outcome.Dropped(error.exception()));
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

    private byte[] linked(BufferedBody body, Attempt attempt) {
        try {
            InlineImages images = InlineImages.in(body.bytes());
            return images.isEmpty() ? body.bytes() : linked(images, body, attempt);
        } catch (IOException | IllegalArgumentException notAsExpected) {
            // Leaves the response unchanged if it is not JSON or not valid Base64; the next step classifies it.
            return body.bytes();
        }
    }

    private byte[] linked(InlineImages images, BufferedBody body, Attempt attempt) {
        CallMemory memory = attempt.call().memory();
        long room = images.decodedBytes();
        long copies = images.copiedBytes();
        if (!store.isLargeEnoughFor(room)) {
            throw dropped(Errors.memoryFull(false));
        }
        if (!memory.grow(copies)) {
            throw dropped(Errors.memoryFull(memory.couldGrow(copies + room)));
        }
        if (!store.reserve(room)) {
            throw dropped(Errors.memoryFull(memory.couldGrow(room)));
        }
        List<byte[]> decoded = List.of();
        List<String> ids;
        try {
            decoded = images.decoded();
        } finally {
            ids = store.keep(decoded, room);
        }
        byte[] response = images.replacedBy(ids.stream().map(id -> link(id, attempt.request().model())).toList());
        memory.shrink(Math.max(0, copies + Math.min(body.leased(), MemoryBudget.ofArray(body.bytes().length)) - response.length));
        return response;
    }

    private String link(String id, String model) {
        return settings.get().baseUrl() + "/v1/images/data/" + URLEncoder.encode(model, StandardCharsets.UTF_8) + "/" + id;
    }

    /** Upstreams, and proxies before them, send JSON under any type or none. */
    private static boolean mayBeJson(Message response) {
        MediaType type = MediaType.of(response);
        return !type.isMedia() && !type.isEventStream();
    }
}
