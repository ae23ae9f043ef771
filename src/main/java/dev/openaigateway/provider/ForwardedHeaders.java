package dev.openaigateway.provider;

import dev.openaigateway.call.ResponseHeaderNames;
import dev.openaigateway.call.rule.RuleValue;
import dev.openaigateway.config.HeaderSettings;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.ProviderTraits.AddressForm;
import dev.openaigateway.config.RequestHeaderNames;
import dev.openaigateway.openai.Errors;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The headers of a client's request that are sent on to an upstream. Names are compared without regard to case. */
final class ForwardedHeaders {

    private static final String OF_GATEWAY = "x-gateway-";
    /** The headers of sessions, which upstreams may read too, and others. */
    private static final List<String> ALWAYS = Stream.concat(RequestHeaderNames.SESSION.stream().filter(name -> !name.startsWith(OF_GATEWAY)),
            Stream.of("openai-beta", "x-client-request-id", "idempotency-key", "traceparent", "tracestate", "baggage", "x-codex-*", "x-openai-*",
                    "anthropic-beta", "anthropic-version", "x-claude-code-*", "openai-organization", "openai-project", "x-ms-client-request-id")).toList();
    private static final List<String> NOT_TO_AZURE = List.of("openai-organization", "openai-project");
    private static final List<String> ONLY_TO_AZURE = List.of("x-ms-client-request-id");
    /** Not sent on even if a {@code *} in {@code forward_headers} matches, beside {@link RequestHeaderNames}. */
    private static final List<String> NEVER = List.of("keep-alive", "content-*", "range", "if-*", "forwarded", "via", "proxy-*", "x-forwarded-*", "x-real-ip",
            "x-stainless-*", "accept", "accept-encoding", "user-agent", ResponseHeaderNames.REQUEST_ID, OF_GATEWAY + "*", "camel*");

    /** The headers that ask for a part of a file, or for a newer one. For the content of files only: part of a list could not be filtered. */
    private static final List<String> OF_CONTENT = List.of("range", "if-range", "if-none-match", "if-modified-since");

    /** Those of {@link #ALWAYS} by first letter, since nearly all headers of a request are none of them (benchmark row "CPU per request"). */
    private static final List<List<String>> BY_LETTER = new ArrayList<>();

    static {
        for (char letter = 'a'; letter <= 'z'; letter++) {
            String first = String.valueOf(letter);
            BY_LETTER.add(ALWAYS.stream().filter(name -> name.startsWith(first)).toList());
        }
    }

    private ForwardedHeaders() {
    }

    /** @throws dev.openaigateway.openai.ApiException 400 if a value has a control character */
    static void each(Map<String, Object> received, InstanceSettings instance, BiConsumer<String, Object> send) {
        HeaderSettings settings = instance.headers();
        boolean azure = instance.traits().addressForm() == AddressForm.AZURE_RESOURCE;
        for (Map.Entry<String, Object> header : received.entrySet()) {
            String name = header.getKey();
            boolean sent = isAlways(name, azure)
                    || !settings.forwarded().isEmpty() && HeaderSettings.matches(settings.forwarded(), name) && !isNever(name);
            if (sent && !HeaderSettings.matches(settings.dropped(), name)) {
                send(name, header.getValue(), send);
            }
        }
    }

    /** Further headers of a request for the content of a file, which must then come as it is stored. */
    static void eachOfContent(Map<String, Object> received, InstanceSettings instance, BiConsumer<String, Object> send) {
        for (String name : OF_CONTENT) {
            Object value = received.get(name);
            if (value != null && !HeaderSettings.matches(instance.headers().dropped(), name)) {
                send(name, value, send);
                send.accept("Accept-Encoding", "identity");
            }
        }
    }

    private static boolean isAlways(String name, boolean azure) {
        int letter = name.isEmpty() ? -1 : (name.charAt(0) | 0x20) - 'a';
        return letter >= 0 && letter < BY_LETTER.size() && HeaderSettings.matches(BY_LETTER.get(letter), name)
                && !HeaderSettings.matches(azure ? NOT_TO_AZURE : ONLY_TO_AZURE, name);
    }

    private static boolean isNever(String name) {
        return RequestHeaderNames.isCredentialOfAnyApi(name) || RequestHeaderNames.isOfConnection(name) || HeaderSettings.matches(NEVER, name);
    }

    /** A header that was sent several times is a list. */
    private static void send(String name, Object value, BiConsumer<String, Object> send) {
        String text = value instanceof List<?> list ? list.stream().map(RuleValue::text).collect(Collectors.joining(", ")) : RuleValue.text(value);
        for (int i = 0; text != null && i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t' || c == 127) {
                throw Errors.invalid(name, "invalid_header", "The header " + name + " contains a control character.").exception();
            }
        }
        if (text != null) {
            send.accept(name, text);
        }
    }
}
