package dev.openaigateway.gateway;

import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.BodyTypes;
import dev.openaigateway.openai.ClientPaths;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.HttpErrors;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.body.ContentType;
import dev.openaigateway.openai.body.JsonBodyReader;
import dev.openaigateway.openai.body.MultipartReader;
import dev.openaigateway.openai.body.PassedRequest;
import dev.openaigateway.openai.body.RequestBody;
import dev.openaigateway.openai.body.StoredObjectRequest;
import dev.openaigateway.server.IncomingBody;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

import java.util.Set;

/** Reads the request's content: JSON, a multipart form, or only the id of a stored object. */
final class RequestContent {

    private static final byte[] NONE = new byte[0];

    private RequestContent() {
    }

    /** @throws ApiException 400, 404, 408, 413 or 415 if it cannot be read */
    static RequestBody of(HttpMessage message, Operation operation) {
        HttpServerRequest request = message.getRequest();
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (operation == Operation.PASSTHROUGH) {
            return passed(request, type);
        }
        String subPath = operation.subPathIn(request.path());
        boolean aboutObject = !subPath.isEmpty() && Operation.fromPath(operation.path() + subPath).isEmpty();
        if (aboutObject) {
            return StoredObjectRequest.of(operation, request.method().name(), subPath, request.query())
                    .orElseThrow(() -> notServed(request, Operation.objectMethods(request.path())).exception());
        }
        if (request.method() != HttpMethod.POST) {
            throw notServed(request, Set.of(HttpMethod.POST.name())).exception();
        }
        BodyTypes.problem(operation, type).ifPresent(problem -> {
            throw problem.exception();
        });
        byte[] bytes = bytes(request);
        return BodyTypes.isForm(operation, type) ? MultipartReader.read(bytes, type) : JsonBodyReader.read(bytes);
    }

    private static RequestBody passed(HttpServerRequest request, String type) {
        String path = ClientPaths.called(request.path());
        IncomingBody body = IncomingBody.of(request);
        byte[] bytes = body == null ? NONE : body.bytes(request);
        String normalized = bytes.length == 0 ? null : ContentType.normalized(type);
        return PassedRequest.of(request.method().name(), ClientPaths.belowVersion(path), normalized, bytes)
                .orElseThrow(() -> Errors.unknownUrl(request.method().name(), path).exception());
    }

    private static ApiError notServed(HttpServerRequest request, Set<String> methods) {
        String method = request.method().name();
        if (methods.isEmpty() || methods.contains(method)) {
            return Errors.unknownUrl(method, request.path());
        }
        String list = String.join(", ", methods);
        request.response().putHeader(HttpHeaders.ALLOW, list);
        return HttpErrors.methodNotAllowed(method, list);
    }

    private static byte[] bytes(HttpServerRequest request) {
        IncomingBody body = IncomingBody.of(request);
        byte[] bytes = body == null ? NONE : body.bytes(request);
        if (bytes.length == 0) {
            throw Errors.notJson("It is empty.").exception();
        }
        return bytes;
    }
}
