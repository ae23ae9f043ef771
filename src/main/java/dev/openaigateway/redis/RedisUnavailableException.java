package dev.openaigateway.redis;

import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisReconnectedException;
import org.redisson.client.RedisTimeoutException;

import java.util.Optional;
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

    /** What Redisson adds to an error of Redis: names of commands, their parameters, addresses. */
    private static final Pattern ADDED = Pattern.compile("\\. channel: \\[.*", Pattern.DOTALL);

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
        return isReply(cause) ? reply(cause) : "no connection: " + refusal(cause);
    }

    private static String reply(Throwable error) {
        String message = ADDED.matcher(String.valueOf(error.getMessage())).replaceFirst("");
        Matcher code = ERROR_CODE.matcher(message);
        return RedisRefusals.in(message).orElseGet(() -> code.find() ? "it responded with " + code.group(1)
                : "it responded with an error (" + error.getClass().getSimpleName() + ")");
    }

    /** Why there is no connection, by the first known words in the messages of its causes, which may contain secrets. */
    private static String refusal(Throwable failure) {
        Throwable last = failure;
        for (Throwable at = failure; at != null; at = at.getCause()) {
            Optional<String> known = RedisRefusals.in(ADDED.matcher(at.toString()).replaceFirst(""));
            if (known.isPresent()) {
                return known.get();
            }
            last = at;
        }
        return isReply(last) ? reply(last) : last.getClass().getSimpleName();
    }

    /** An error that Redis sent has no cause. */
    private static boolean isReply(Throwable cause) {
        return cause instanceof RedisException && cause.getCause() == null && !(cause instanceof RedisConnectionException)
                && !(cause instanceof RedisTimeoutException) && !(cause instanceof RedisReconnectedException);
    }
}
