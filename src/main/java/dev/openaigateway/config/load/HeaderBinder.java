package dev.openaigateway.config.load;

import dev.openaigateway.config.HeaderSettings;
import dev.openaigateway.config.RequestHeaderNames;
import dev.openaigateway.config.Secret;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code headers}, {@code forward_headers} and {@code drop_headers}. */
final class HeaderBinder {

    /** Headers of the body, and of a connection that stays open, beside those of {@link RequestHeaderNames#isOfConnection}. */
    private static final Set<String> OF_BODY = Set.of("keep-alive", "content-type", "content-encoding", "accept-encoding");
    private static final Set<String> OF_PROXY = Set.of("proxy-connection", "forwarded");

    /**
     * The settings that hold for every instance.
     *
     * @param forwarded names of clients' headers that are sent on
     * @param keyHeader the header with the client's key, which a {@code *} must not send on
     */
    record Common(List<String> forwarded, String keyHeader) {
    }

    private HeaderBinder() {
    }

    /** @param clients the section {@code clients} */
    static Common common(Section clients) {
        return new Common(forwarded(clients), clients.optional("header", text -> text.toLowerCase(Locale.ROOT)).orElse("api-key"));
    }

    static HeaderSettings bind(Section section, Common common) {
        List<String> forwarded = new ArrayList<>(common.forwarded());
        forwarded.addAll(forwarded(section));
        List<String> dropped = new ArrayList<>(section.list("drop_headers", List.of(), HeaderBinder::pattern));
        dropped.add(common.keyHeader());
        return new HeaderSettings(fixed(section.section("headers")), forwarded, dropped);
    }

    private static List<String> forwarded(Section section) {
        return section.list("forward_headers", List.of(), HeaderBinder::forwardable);
    }

    private static Map<String, Secret> fixed(Section headers) {
        Map<String, Secret> fixed = new LinkedHashMap<>();
        for (String name : headers.keys()) {
            Optional<String> value = Optional.empty();
            Optional<InvalidValueException> wrong = wrong(name);
            if (wrong.isPresent()) {
                headers.problem(name, wrong.get());
                headers.optional(name, ValueParsers::text);
            } else if (HeaderSettings.isSecret(name)) {
                value = Optional.of(headers.secret(name, HeaderBinder::value)).map(Secret::value).filter(text -> !text.isEmpty());
            } else {
                value = headers.optional(name, HeaderBinder::value);
            }
            value.ifPresent(text -> fixed.put(name.toLowerCase(Locale.ROOT), new Secret(text)));
        }
        return fixed;
    }

    private static Optional<InvalidValueException> wrong(String name) {
        try {
            return isOfConnection(ValueParsers.header(name).toLowerCase(Locale.ROOT))
                    ? Optional.of(new InvalidValueException("is a header that the gateway sets itself")) : Optional.empty();
        } catch (InvalidValueException e) {
            return Optional.of(e);
        }
    }

    private static boolean isOfConnection(String name) {
        return RequestHeaderNames.isOfConnection(name) || OF_BODY.contains(name);
    }

    private static String value(String text) throws InvalidValueException {
        if (text.chars().anyMatch(c -> c < ' ' && c != '\t' || c > '~')) {
            throw new InvalidValueException("must be printable ASCII characters, without line breaks");
        }
        return text;
    }

    private static String pattern(String text) throws InvalidValueException {
        String name = text.toLowerCase(Locale.ROOT);
        String stem = name.endsWith("*") ? name.substring(0, name.length() - 1) : name;
        if (stem.indexOf('*') >= 0) {
            throw new InvalidValueException("must be the name of an HTTP header, or its beginning and a *");
        }
        if (!stem.isEmpty()) {
            ValueParsers.header(stem);
        }
        return name;
    }

    private static String forwardable(String text) throws InvalidValueException {
        String name = pattern(text);
        if (isOfConnection(name) || RequestHeaderNames.isCredentialOfAnyApi(name) || OF_PROXY.contains(name) || name.startsWith("x-forwarded-")) {
            throw new InvalidValueException("is a header that never leaves the gateway");
        }
        return name;
    }
}
