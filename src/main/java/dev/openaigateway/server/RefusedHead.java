package dev.openaigateway.server;

import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.BodyTypes;
import dev.openaigateway.openai.ClientPaths;
import dev.openaigateway.openai.Operation;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

import java.util.Optional;

/** Requests whose heads show that their bodies cannot be read, whatever they hold. */
final class RefusedHead {

    private RefusedHead() {
    }

    /**
     * The error for a request whose content type or content coding is not known, the same as after its body has come.
     *
     * @param path normalized; one that is not of clients is of operators, whose token was checked
     * @return empty if there is none, or if no route of the gateway reads the body
     */
    static Optional<ApiError> problem(HttpServerRequest request, String path) {
        if (path.startsWith(ClientPaths.PASSED + "/")) {
            return ofCoding(request);
        }
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        if (!ClientPaths.contain(path)) {
            return BodyTypes.problemOfOperator(type).or(() -> ofCoding(request));
        }
        if (request.method() != HttpMethod.POST) {
            return Optional.empty();
        }
        return Operation.atEndOf(ClientPaths.withoutSlash(path))
                .flatMap(operation -> BodyTypes.problem(operation, type).or(() -> ofCoding(request)));
    }

    private static Optional<ApiError> ofCoding(HttpServerRequest request) {
        try {
            IncomingBody.codings(request);
            return Optional.empty();
        } catch (ApiException unknown) {
            return Optional.of(unknown.error());
        }
    }
}
