package dev.openaigateway.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.config.IdentitySettings;
import dev.openaigateway.config.IdentitySettings.Type;
import dev.openaigateway.openai.Json;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Obtains tokens from their endpoints. Thread-safe; the HTTP clients are created with the first call. */
final class AccessTokenEndpoint {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int TRIES = 3;
    private static final long FIRST_PAUSE_MILLIS = 200;

    private final AccessTokenCalls calls;
    private final InstantSource clock;
    private HttpClient direct;
    private HttpClient proxied;

    AccessTokenEndpoint(AccessTokenCalls calls, InstantSource clock) {
        this.calls = calls;
        this.clock = clock;
    }

    /** Tries the types of the identity in turn. Fails with {@link NoTokenException}. */
    CompletableFuture<AccessToken> token(IdentitySettings identity) {
        return token(identity, calls.types(identity), 0, "");
    }

    /** @param failures of the types before, as text */
    private CompletableFuture<AccessToken> token(IdentitySettings identity, List<Type> types, int index, String failures) {
        Type type = types.get(index);
        return token(identity, type).exceptionallyCompose(thrown -> {
            String reason = cause(thrown).getMessage();
            String all = types.size() == 1 ? reason : failures + (failures.isEmpty() ? "" : "; ") + type.name().toLowerCase(Locale.ROOT) + ": " + reason;
            return index + 1 < types.size() ? token(identity, types, index + 1, all) : CompletableFuture.failedFuture(new NoTokenException(all));
        });
    }

    private CompletableFuture<AccessToken> token(IdentitySettings identity, Type type) {
        try {
            HttpRequest request = HttpRequest.newBuilder(calls.of(identity, type), (name, value) -> true).timeout(TIMEOUT).build();
            return send(client(type == Type.MANAGED), request, type, 1);
        } catch (IllegalArgumentException e) {
            // Its message may have the value, such as that of IDENTITY_HEADER.
            return CompletableFuture.failedFuture(new NoTokenException("the address of the token endpoint, or a header for it, is not valid"));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<AccessToken> send(HttpClient client, HttpRequest request, Type type, int attempt) {
        return client.sendAsync(request, BodyHandlers.ofString()).handle((response, thrown) -> {
            if (thrown != null) {
                throw new NoTokenException("the token endpoint cannot be reached");
            }
            return response;
        }).thenCompose(response -> {
            if (attempt < TRIES && isTemporary(response.statusCode(), type == Type.MANAGED)) {
                return CompletableFuture.supplyAsync(() -> null, CompletableFuture.delayedExecutor(FIRST_PAUSE_MILLIS << attempt - 1, TimeUnit.MILLISECONDS))
                        .thenCompose(paused -> send(client, request, type, attempt + 1));
            }
            return CompletableFuture.completedFuture(read(response, type));
        });
    }

    /** The endpoint of virtual machines responds 404 and 410 while it starts or is updated. */
    private static boolean isTemporary(int status, boolean managed) {
        return status == 429 || status >= 500 || managed && (status == 404 || status == 410);
    }

    private AccessToken read(HttpResponse<String> response, Type type) {
        JsonNode body;
        try {
            body = Json.MAPPER.readTree(response.body());
        } catch (IOException e) {
            body = Json.MAPPER.missingNode();
        }
        if (response.statusCode() != 200) {
            JsonNode number = body.path("error_codes").path(0);
            String error = body.path("error").asText("").replaceAll("[^A-Za-z0-9_.-]", "");
            throw new NoTokenException("the token endpoint responded with " + response.statusCode() + (error.isEmpty() ? "" : ": " + error)
                    + (number.isIntegralNumber() ? " (AADSTS" + number.asLong() + ")" : ""));
        }
        String value = body.path("access_token").asText("");
        Instant now = clock.instant();
        Duration life = life(body, now);
        if (value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c > '~') || life.isNegative() || life.isZero()) {
            throw new NoTokenException("the token endpoint sent no valid token");
        }
        return AccessToken.of(type, value, now, life);
    }

    /** Numbers may be texts. Of a managed identity some endpoints give only the end, as seconds since the epoch. */
    private static Duration life(JsonNode body, Instant now) {
        long seconds = body.path("expires_in").asLong(0);
        return seconds > 0 ? Duration.ofSeconds(seconds) : Duration.between(now, Instant.ofEpochSecond(body.path("expires_on").asLong(0)));
    }

    /** The endpoint of a managed identity is on this machine, and must never be called through a proxy. */
    private synchronized HttpClient client(boolean managed) {
        if (managed) {
            direct = direct == null ? HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).proxy(HttpClient.Builder.NO_PROXY)
                    .connectTimeout(Duration.ofSeconds(1)).build() : direct;
            return direct;
        }
        proxied = proxied == null ? HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).proxy(ProxySelector.getDefault())
                .connectTimeout(Duration.ofSeconds(5)).build() : proxied;
        return proxied;
    }

    static NoTokenException cause(Throwable thrown) {
        Throwable inner = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return inner instanceof NoTokenException known ? known : new NoTokenException("the token could not be obtained");
    }
}
