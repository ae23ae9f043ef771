package dev.openaigateway.config.load;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The properties that the gateway's documents name, with the parsers of their values. Camel takes many wrong values as if none were given. */
final class PropertyRules {

    /** In these a wrong value may be a password, or hold one. */
    private static final Set<String> MASKED = Set.of("events.webhook.url", "events.sql.url");

    private PropertyRules() {
    }

    /** @param otherDrivers whether jars of the user may have drivers of other databases */
    static Map<String, ValueParser<?>> parsers(boolean otherDrivers) {
        Map<String, ValueParser<?>> parsers = new LinkedHashMap<>();
        ValueParser<Integer> port = ValueParsers.integer(0, 65535);
        // In a precondition of a route, Camel takes small letters only.
        ValueParser<Boolean> flag = text -> ValueParsers.trueOrFalse(text.toLowerCase(Locale.ROOT));
        parsers.put("camel.server.enabled", flag);
        parsers.put("camel.server.max-body-size", PropertyRules::bytes);
        parsers.put("camel.management.enabled", flag);
        parsers.put("camel.management.host", AddressParsers::listenHost);
        parsers.put("camel.management.port", port);
        parsers.put("camel.management.dev-console-enabled", flag);
        parsers.put("camel.main.dev-console-enabled", flag);
        for (String component : new String[] {"upstream", "http", "https"}) {
            parsers.put("camel.component." + component + ".proxy-host", AddressParsers::listenHost);
            parsers.put("camel.component." + component + ".proxy-port", ValueParsers.integer(1, 65535));
        }
        parsers.put("events.queue", ValueParsers.integer(1, 10_000_000));
        parsers.put("events.webhook.enabled", ValueParsers::trueOrFalse);
        parsers.put("events.webhook.url", AddressParsers::webhook);
        parsers.put("events.sql.enabled", ValueParsers::trueOrFalse);
        parsers.put("events.sql.url", otherDrivers ? PropertyRules::anyDatabase : PropertyRules::database);
        return parsers;
    }

    static boolean isMasked(String key) {
        return MASKED.contains(key);
    }

    private static long bytes(String text) throws InvalidValueException {
        try {
            return ValueParsers.number(1, Long.MAX_VALUE).read(text);
        } catch (InvalidValueException e) {
            throw new InvalidValueException("must be a whole number of bytes, at least 1, without a unit; 50 MB are 52428800");
        }
    }

    private static String database(String text) throws InvalidValueException {
        if (!text.startsWith("jdbc:sqlite:") && !text.startsWith("jdbc:postgresql:")) {
            throw new InvalidValueException("must begin with jdbc:sqlite: or jdbc:postgresql:, such as jdbc:sqlite:usage.db");
        }
        return text;
    }

    private static String anyDatabase(String text) throws InvalidValueException {
        return text.matches("(?s)jdbc:[a-zA-Z0-9]+:.+") ? text : database(text);
    }
}
