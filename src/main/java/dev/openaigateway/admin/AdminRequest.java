package dev.openaigateway.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.ClientPaths;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.Json;
import dev.openaigateway.server.IncomingBody;
import dev.openaigateway.text.Excerpt;
import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to one of the gateway's own endpoints.
 *
 * @param headers  the message headers that rules see
 * @param received null if the request has no body
 * @param readOnly whether the request carries the monitor token
 */
public record AdminRequest(HttpServerRequest http, Map<String, Object> headers, IncomingBody received, boolean readOnly) {

    /** The exchange property that is set for a request with the monitor token. */
    static final String READ_ONLY = "readOnlyToken";

    static AdminRequest of(Exchange exchange) {
        if (!(exchange.getMessage() instanceof HttpMessage message)) {
            throw new IllegalStateException("This step serves HTTP requests only.");
        }
        return new AdminRequest(message.getRequest(), message.getHeaders(), IncomingBody.of(message.getRequest()),
                exchange.getProperty(READ_ONLY) != null);
    }

    /** The body as text; empty if there is none. Decodes it at each call. */
    String body() {
        return received == null ? "" : new String(received.bytes(http), StandardCharsets.UTF_8);
    }

    /** A query parameter; empty if it is missing or blank. */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(http.getParam(name)).filter(value -> !value.isBlank());
    }

    /** A query parameter that is a whole number; 400 for anything else. */
    public int number(String name, int defaultValue) {
        try {
            return parameter(name).map(Integer::parseInt).orElse(defaultValue);
        } catch (NumberFormatException e) {
            throw Errors.wrongType(name, "a whole number").exception();
        }
    }

    /** A query parameter that is {@code true} or {@code false}; false if it is missing, 400 for anything else. */
    boolean flag(String name) {
        return switch (parameter(name).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Errors.invalid(name, "invalid_value", name + " must be true or false.").exception();
        };
    }

    /** @throws ApiException 400 if the query has a parameter with another name, or one twice */
    public void requireOnly(Collection<String> names) {
        requireOnly(names, null);
    }

    /**
     * @param prefix of further parameters, such as {@code header.}; null if there are none
     * @throws ApiException 400 if the query has a parameter with another name, or one twice
     */
    void requireOnly(Collection<String> names, String prefix) {
        http.params().names().stream().filter(name -> !names.contains(name) && (prefix == null || !name.startsWith(prefix))).findFirst().ifPresent(name -> {
            List<String> known = new ArrayList<>(names);
            if (prefix != null) {
                known.add(prefix + name.substring(name.indexOf('.') + 1));
            }
            throw Errors.invalid(name, "unknown_parameter", "There is no parameter '" + Excerpt.printable(name) + "' here" + Suggestion.of(name, known)).exception();
        });
        http.params().names().stream().filter(name -> http.params().getAll(name).size() > 1).findFirst().ifPresent(name -> {
            throw Errors.invalid(name, "invalid_value", name + " must be given once.").exception();
        });
    }

    /** The part of the path between two parts, decoded. */
    public String between(String before, String after) {
        String path = http.path();
        String rest = path.substring(path.indexOf(before) + before.length());
        String part = rest.endsWith(after) ? rest.substring(0, rest.length() - after.length()) : rest;
        return ClientPaths.decoded(part);
    }

    /** The part of the path at the index, decoded; 1 is the first. */
    String part(int index) {
        return ClientPaths.decoded(http.path().split("/")[index]);
    }

    /** The body as a JSON object, an empty one if there is no body; 400 for anything else. */
    ObjectNode jsonIfAny() {
        return body().isBlank() ? Json.MAPPER.createObjectNode() : json();
    }

    /** The body as a JSON object; 400 for anything else. */
    ObjectNode json() {
        try {
            JsonNode node = Json.MAPPER.readTree(body());
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw Errors.notJson("It must be a JSON object.").exception();
        } catch (JsonProcessingException e) {
            throw Errors.notJson(e.getLocation() == null ? "" : "Line " + e.getLocation().getLineNr() + ".").exception();
        }
    }
}
