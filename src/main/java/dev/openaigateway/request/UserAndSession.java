package dev.openaigateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.call.RuleProperties;
import dev.openaigateway.openai.JsonBody;
import dev.openaigateway.openai.RequestBody;
import org.apache.camel.Exchange;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The end user and the session of a request, as its headers and its body name them. */
final class UserAndSession {

    /** In the order in which they count. */
    private static final List<String> SESSION_HEADERS = List.of("x-gateway-session", "x-claude-code-session-id", "session_id",
            "session-id", "thread-id", "conversation_id", "x-session-id", "x-session-affinity", "x-opencode-session");
    private static final List<String> SESSION_MEMBERS = List.of("/conversation/id", "/conversation", "/prompt_cache_key");
    /** In the order in which they stand for a session that the request does not name. */
    private static final List<String> USERS_AS_SESSIONS = List.of("/metadata/user_id", "/safety_identifier", "/user");
    private static final List<String> USER_MEMBERS = List.of("/user", "/safety_identifier", "/metadata/user_id");
    private static final int LONGEST = 255;
    /** A bit for each length of the session headers' names, since most requests have none of them. */
    private static final long LENGTHS = SESSION_HEADERS.stream().mapToLong(name -> 1L << name.length()).reduce(0, (a, b) -> a | b);

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
            JsonNode members = parsed(json.bytes());
            set(exchange, RuleProperties.USER, first(members, USER_MEMBERS));
            session = session == null ? first(members, SESSION_MEMBERS) : session;
            set(exchange, RuleProperties.SESSION, session == null ? first(members, USERS_AS_SESSIONS) : session);
        } else if (!(body instanceof JsonBody)) {
            String user = body.text("user").map(UserAndSession::bounded).orElse(null);
            set(exchange, RuleProperties.USER, user);
            set(exchange, RuleProperties.SESSION, session == null ? user : session);
        } else {
            set(exchange, RuleProperties.SESSION, session);
        }
        return session != null && session.chars().noneMatch(Character::isWhitespace) ? session : null;
    }

    private static void set(Exchange exchange, String name, String value) {
        if (value != null) {
            exchange.setProperty(name, value);
        }
    }

    private static String session(Map<String, Object> headers) {
        int best = SESSION_HEADERS.size();
        String found = null;
        for (Map.Entry<String, Object> header : headers.entrySet()) {
            int length = header.getKey().length();
            if (length < Long.SIZE && (LENGTHS >> length & 1) == 1 && header.getValue() != null) {
                int rank = SESSION_HEADERS.indexOf(header.getKey().toLowerCase(Locale.ROOT));
                if (rank >= 0 && rank < best) {
                    best = rank;
                    found = bounded(header.getValue() instanceof List<?> several ? several.get(0).toString() : header.getValue().toString());
                }
            }
        }
        return found;
    }

    private static String first(JsonNode members, List<String> pointers) {
        return pointers.stream().map(members::at).filter(JsonNode::isTextual).map(JsonNode::textValue)
                .map(UserAndSession::bounded).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** Null if the text is empty or too long to be an id. */
    private static String bounded(String text) {
        return Stream.of(text).filter(id -> !id.isBlank() && id.length() <= LONGEST).findFirst().orElse(null);
    }

    private static JsonNode parsed(byte[] json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException("A body that was read as JSON is no longer JSON.", e);
        }
    }

    /** Created on first use, to keep it out of the start-up time (benchmark row "start to first response"). */
    private static final class Json {

        static final ObjectMapper MAPPER = new ObjectMapper();
    }
}
