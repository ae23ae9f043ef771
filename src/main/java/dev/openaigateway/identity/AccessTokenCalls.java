package dev.openaigateway.identity;

import dev.openaigateway.config.IdentitySettings;
import dev.openaigateway.config.IdentitySettings.Type;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The four HTTP calls that obtain a token. Reads the environment and the token file for each call. */
final class AccessTokenCalls {

    private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String TENANT = "AZURE_TENANT_ID";
    private static final String CLIENT = "AZURE_CLIENT_ID";
    private static final String SECRET = "AZURE_CLIENT_SECRET";
    private static final String TOKEN_FILE = "AZURE_FEDERATED_TOKEN_FILE";
    private static final String AUTHORITY = "AZURE_AUTHORITY_HOST";
    private static final String ENDPOINT = "IDENTITY_ENDPOINT";
    private static final String POD_HOST = "AZURE_POD_IDENTITY_AUTHORITY_HOST";

    private final Function<String, Optional<String>> environment;

    AccessTokenCalls(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    /** The types to try in turn: those that {@link Type#DEFAULT} stands for in this environment, else the type itself. */
    List<Type> types(IdentitySettings identity) {
        if (identity.type() != Type.DEFAULT) {
            return List.of(identity.type());
        }
        boolean isApplication = tenant(identity).isPresent() && client(identity).isPresent();
        List<Type> types = new ArrayList<>();
        if (isApplication && secret(identity).isPresent()) {
            types.add(Type.CLIENT_SECRET);
        }
        if (isApplication && tokenFile(identity).isPresent()) {
            types.add(Type.WORKLOAD);
        }
        types.add(Type.MANAGED);
        return types;
    }

    /** @throws NoTokenException if the settings and the environment lack something, or name an address that is not safe */
    HttpRequest of(IdentitySettings identity, Type type) {
        Map<String, String> form = new LinkedHashMap<>();
        switch (type) {
            case CLIENT_SECRET -> form.put("client_secret", required(secret(identity), "client_secret", SECRET));
            case WORKLOAD -> {
                form.put("client_assertion_type", ASSERTION);
                form.put("client_assertion", read(required(tokenFile(identity), "token_file", TOKEN_FILE)));
            }
            default -> {
                return managed(identity);
            }
        }
        form.put("grant_type", "client_credentials");
        form.put("client_id", required(client(identity), "client_id", CLIENT));
        form.put("scope", identity.scope());
        String authority = environment.apply(AUTHORITY).orElse("https://login.microsoftonline.com").replaceFirst("/$", "");
        String url = authority + "/" + encoded(required(tenant(identity), "tenant_id", TENANT)) + "/oauth2/v2.0/token";
        return HttpRequest.newBuilder(secure(url)).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(query(form))).build();
    }

    /** The address is the same on all virtual machines, and uses no encryption: requests to it never leave the machine. */
    private HttpRequest managed(IdentitySettings identity) {
        Map<String, String> query = new LinkedHashMap<>();
        Optional<String> endpoint = environment.apply(ENDPOINT);
        query.put("api-version", endpoint.isPresent() ? "2019-08-01" : "2018-02-01");
        query.put("resource", identity.scope().substring(0, identity.scope().length() - "/.default".length()));
        client(identity).ifPresent(client -> query.put("client_id", client));
        String url = endpoint.orElseGet(() -> environment.apply(POD_HOST).orElse("http://169.254.169.254")
                .replaceFirst("/$", "") + "/metadata/identity/oauth2/token");
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(url + (url.indexOf('?') < 0 ? "?" : "&") + query(query), endpoint.isPresent() ? ENDPOINT : POD_HOST)).GET();
        return (endpoint.isPresent() ? request.header("X-IDENTITY-HEADER", environment.apply("IDENTITY_HEADER")
                        .orElseThrow(() -> new NoTokenException("IDENTITY_HEADER must be set, since " + ENDPOINT + " is set")))
                : request.header("Metadata", "true")).build();
    }

    private Optional<String> tenant(IdentitySettings identity) {
        return identity.tenant().or(() -> environment.apply(TENANT));
    }

    private Optional<String> client(IdentitySettings identity) {
        return identity.clientId().or(() -> environment.apply(CLIENT));
    }

    private Optional<String> secret(IdentitySettings identity) {
        return Optional.of(identity.secret().value()).filter(secret -> !secret.isBlank()).or(() -> environment.apply(SECRET));
    }

    private Optional<String> tokenFile(IdentitySettings identity) {
        return identity.tokenFile().or(() -> environment.apply(TOKEN_FILE));
    }

    private static String required(Optional<String> value, String key, String variable) {
        return value.orElseThrow(() -> new NoTokenException("the identity needs " + key + " (" + variable + ")"));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | InvalidPathException e) {
            throw new NoTokenException("the file of token_file (" + TOKEN_FILE + ") cannot be read");
        }
    }

    /** Secrets are sent to https only, or to this machine. */
    private static URI secure(String url) {
        URI uri = uri(url, AUTHORITY);
        boolean local = uri.getHost() != null && (uri.getHost().equals("localhost") || uri.getHost().startsWith("127.") || uri.getHost().equals("[::1]"));
        if (!"https".equalsIgnoreCase(uri.getScheme()) && !local) {
            throw new NoTokenException(AUTHORITY + " must be an https URL");
        }
        return uri;
    }

    /** @param variable that may have given the address */
    private static URI uri(String url, String variable) {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // reported below
        }
        throw new NoTokenException(variable + " must be a URL with a host");
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream().map(entry -> entry.getKey() + "=" + encoded(entry.getValue())).collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
