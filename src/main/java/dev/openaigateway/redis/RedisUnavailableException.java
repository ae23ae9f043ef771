package dev.openaigateway.redis;

import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisReconnectedException;
import org.redisson.client.RedisTimeoutException;

import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Redis did not execute a command. The message is safe to log: it names the kind of failure and contains no part of the
 * command.
 */
public final class RedisUnavailableException extends RuntimeException {

    private static final Pattern ERROR_CODE = Pattern.compile("^(?:ERR .*?\\b)?([A-Z]{3,}[A-Z]*)\\b");

    private static final Map<String, String> REFUSALS = Map.of(
            "WRONGPASS", "it refused the user or the password (WRONGPASS)",
            "NOAUTH", "it requires a password (NOAUTH)",
            "DB index is out of range", "it has no database of this number",
            "cluster support disabled", "it is no cluster",
            "GET-MASTER-ADDR-BY-NAME", "it is no Sentinel",
            "Can't decode replay", "it does not speak the protocol of Redis",
            "Connection refused", "nothing listens there",
            "UnknownHostException", "its host name is unknown",
            "SSLException", "TLS failed",
            "TimeoutException", "it did not respond in time");

    private RedisUnavailableException(String message, Throwable cause) {
        super(message, cause, false, false);
    }

    public static RedisUnavailableException because(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof RedisUnavailableException known ? known : new RedisUnavailableException(describe(cause), cause);
    }

    /** Whether Redis responded with an error. Otherwise it may be well: a reply was late, or a connection was closed. */
    public boolean isReply() {
        return isReply(getCause());
    }

    private static String describe(Throwable cause) {
        if (cause instanceof TimeoutException || cause instanceof RedisTimeoutException) {
            return "it did not respond in time";
        }
        Matcher code = ERROR_CODE.matcher(String.valueOf(cause.getMessage()));
        if (cause instanceof RedisException && code.find()) {
            return "it responded with " + code.group(1);
        }
        return isReply(cause) ? "it responded with an error (" + cause.getClass().getSimpleName() + ")" : "no connection: " + refusal(cause);
    }

    /** Why there is no connection, by the first known words in the messages of its causes, which may contain secrets. */
    private static String refusal(Throwable failure) {
        Throwable last = failure;
        for (Throwable at = failure; at != null; at = at.getCause()) {
            String message = at.toString();
            for (Map.Entry<String, String> known : REFUSALS.entrySet()) {
                if (message.contains(known.getKey())) {
                    return known.getValue();
                }
            }
            last = at;
        }
        return last.getClass().getSimpleName();
    }

    /** An error that Redis sent has no cause. */
    private static boolean isReply(Throwable cause) {
        return cause instanceof RedisException && cause.getCause() == null && !(cause instanceof RedisConnectionException)
                && !(cause instanceof RedisTimeoutException) && !(cause instanceof RedisReconnectedException);
    }
}
