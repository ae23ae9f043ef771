package dev.openaigateway.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The names of request headers that name a session, or that neither rules nor settings pass on. They are compared without regard to case. */
public final class RequestHeaderNames {

    /** The headers that name the session of a request, in the order in which they count. */
    public static final List<String> SESSION = List.of("x-gateway-session", "x-claude-code-session-id", "session_id",
            "session-id", "thread-id", "conversation_id", "x-session-id", "x-session-affinity", "x-opencode-session");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Set<String> CREDENTIALS = Set.of("authorization", "api-key", "cookie", "proxy-authorization", "x-admin-token");
    private static final Set<String> KEYS_OF_OTHER_APIS = Set.of("x-api-key", "x-goog-api-key");
    private static final Set<String> CONNECTION = Set.of("host", "connection", "content-length", "transfer-encoding", "te", "trailer",
            "upgrade", "expect");

    private RequestHeaderNames() {
    }

    /** Whether a header, also one of a response, can have this name. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Whether the header carries a credential for the gateway, or for a proxy before it. */
    public static boolean isCredential(String name) {
        return CREDENTIALS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether the header carries a credential for the gateway or for any API. */
    public static boolean isCredentialOfAnyApi(String name) {
        return isCredential(name) || KEYS_OF_OTHER_APIS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether the header belongs to one connection, or to the body as it is sent there. */
    public static boolean isOfConnection(String name) {
        return CONNECTION.contains(name.toLowerCase(Locale.ROOT));
    }
}
