package dev.openaigateway.request;

import dev.openaigateway.call.rule.RuleProperties;
import dev.openaigateway.config.RequestHeaderNames;
import dev.openaigateway.openai.body.JsonBody;
import dev.openaigateway.openai.body.RequestBody;
import org.apache.camel.Exchange;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The end user and the session of a request, as its headers and its body name them. */
final class UserAndSession {

    private static final Identity USER = new Identity("user", null);
    private static final Identity SAFETY_IDENTIFIER = new Identity("safety_identifier", null);
    private static final Identity USER_ID = new Identity("metadata", "user_id");
    private static final List<Identity> SESSIONS = List.of(new Identity("conversation", "id"), new Identity("conversation", null),
            new Identity("prompt_cache_key", null));
    /** In the order in which they stand for a session that the request does not name. */
    private static final List<Identity> USERS_AS_SESSIONS = List.of(USER_ID, SAFETY_IDENTIFIER, USER);
    private static final List<Identity> USERS = List.of(USER, SAFETY_IDENTIFIER, USER_ID);
    private static final int LONGEST = 255;
    /** A bit for each length of the session headers' names, since most requests have none of them (benchmark row "CPU per request"). */
    private static final long LENGTHS = RequestHeaderNames.SESSION.stream().mapToLong(name -> 1L << name.length()).reduce(0, (a, b) -> a | b);

    /** @param inner the member within that member; null if the member itself is the text */
    private record Identity(String member, String inner) {
    }

    private UserAndSession() {
    }

    /**
     * Sets the properties {@code user} and {@code session}, if the request has them.
     *
     * @return the session for records; null if the request names none. Never the user, who may be a person.
     */
    static String show(Exchange exchange, Map<String, Object> headers, RequestBody body) {
        String session = session(headers);
        if (body instanceof JsonBody json && json.identifies()) {
            set(exchange, RuleProperties.USER, first(json, USERS));
            session = session == null ? first(json, SESSIONS) : session;
            set(exchange, RuleProperties.SESSION, session == null ? first(json, USERS_AS_SESSIONS) : session);
        } else if (!(body instanceof JsonBody)) {
            String user = body.text("user").map(UserAndSession::bounded).orElse(null);
            set(exchange, RuleProperties.USER, user);
            set(exchange, RuleProperties.SESSION, session == null ? user : session);
        } else {
            set(exchange, RuleProperties.SESSION, session);
        }
        return session == null || hasWhitespace(session) ? null : session;
    }

    private static boolean hasWhitespace(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isWhitespace(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static void set(Exchange exchange, String name, String value) {
        if (value != null) {
            exchange.setProperty(name, value);
        }
    }

    private static String session(Map<String, Object> headers) {
        int best = RequestHeaderNames.SESSION.size();
        String found = null;
        for (Map.Entry<String, Object> header : headers.entrySet()) {
            int length = header.getKey().length();
            if (length < Long.SIZE && (LENGTHS >> length & 1) == 1 && header.getValue() != null) {
                int rank = RequestHeaderNames.SESSION.indexOf(header.getKey().toLowerCase(Locale.ROOT));
                if (rank >= 0 && rank < best) {
                    best = rank;
                    found = bounded(header.getValue() instanceof List<?> several ? several.get(0).toString() : header.getValue().toString());
                }
            }
        }
        return found;
    }

    private static String first(JsonBody body, List<Identity> identities) {
        for (Identity each : identities) {
            String text = each.inner == null ? body.identity(each.member) : body.identity(each.member, each.inner);
            String id = text == null ? null : bounded(text);
            if (id != null) {
                return id;
            }
        }
        return null;
    }

    /** Null if the text is empty or too long to be an id. */
    private static String bounded(String text) {
        return text.isBlank() || text.length() > LONGEST ? null : text;
    }
}
