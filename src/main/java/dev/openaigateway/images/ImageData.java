package dev.openaigateway.images;

import dev.openaigateway.openai.Errors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import java.nio.ByteBuffer;

/** Serves a stored image; the last segment of the path is its id. Responds with 404 for an unknown or expired id. */
public final class ImageData implements Processor {

    private final ImageStore store;

    public ImageData(ImageStore store) {
        this.store = store;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        String path = message.getHeader(Exchange.HTTP_PATH, String.class);
        byte[] image = store.find(path.substring(path.lastIndexOf('/') + 1)).orElseThrow(() -> Errors.notKept("image").exception());
        message.getHeaders().clear();
        message.setHeader(Exchange.CONTENT_TYPE, type(image));
        message.setBody(ByteBuffer.wrap(image));
    }

    /** Detected from the first bytes; only types that a browser does not execute. */
    private static String type(byte[] image) {
        if (image.length < 12) {
            return "application/octet-stream";
        }
        if ((image[0] & 0xff) == 0x89 && image[1] == 'P') {
            return "image/png";
        }
        if ((image[0] & 0xff) == 0xff && (image[1] & 0xff) == 0xd8) {
            return "image/jpeg";
        }
        return image[0] == 'R' && image[8] == 'W' && image[9] == 'E' ? "image/webp" : "application/octet-stream";
    }
}
