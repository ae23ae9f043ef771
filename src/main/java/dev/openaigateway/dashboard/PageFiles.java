package dev.openaigateway.dashboard;

import dev.openaigateway.openai.Errors;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves the page and its files. They hold no data, so that no token is needed; the page asks for one. A browser may load and
 * call nothing but this gateway, and run no script but these files. Thread-safe.
 */
public final class PageFiles implements Processor {

    private static final String PAGE = "index.html";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private final Map<String, PageFile> files = new ConcurrentHashMap<>();

    @Override
    public void process(Exchange exchange) {
        HttpMessage message = exchange.getMessage(HttpMessage.class);
        HttpServerRequest request = message.getRequest();
        HttpServerResponse response = message.getResponse();
        String path = request.path();
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (name.isEmpty()) {
            moved(message, response);
            return;
        }
        PageFile file = find(name.equals("dashboard") ? PAGE : name).orElseThrow(() ->
                Errors.unknownUrl(request.method().name(), path).exception());
        message.getHeaders().clear();
        response.headers().set("Content-Security-Policy", POLICY).set("X-Frame-Options", "DENY").set("X-Content-Type-Options", "nosniff")
                .set("Referrer-Policy", "no-referrer").set("Cache-Control", "no-cache").set("ETag", file.tag());
        if (file.tag().equals(request.getHeader("If-None-Match"))) {
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, 304);
            message.setBody(null);
        } else {
            message.setHeader(Exchange.CONTENT_TYPE, file.type());
            message.setBody(Buffer.buffer(file.content()));
        }
    }

    /** The addresses in the page are relative to the path without the slash. */
    private static void moved(Message message, HttpServerResponse response) {
        message.getHeaders().clear();
        response.headers().set("Location", "../dashboard");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 302);
        message.setBody(null);
    }

    /** Only names of files are kept, so that requests for others cost no memory. */
    private Optional<PageFile> find(String name) {
        PageFile known = files.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<PageFile> found = PageFile.find(name);
        found.ifPresent(file -> files.put(name, file));
        return found;
    }
}
