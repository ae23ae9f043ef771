package dev.openaigateway.ratelimit;

import org.redisson.client.RedisConnectionException;
import org.redisson.client.RedisException;
import org.redisson.client.RedisResponseTimeoutException;
import org.redisson.client.RedisTimeoutException;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Redis did not execute a command. The message is safe to log: it names the kind of failure and contains no part of the
 * command.
 */
final class RedisUnavailableException extends RuntimeException {

    private static final Pattern ERROR_CODE = Pattern.compile("^(?:ERR .*?\\b)?([A-Z]{3,}[A-Z]*)\\b");

    private RedisUnavailableException(String message, Throwable cause) {
        super(message, cause, false, false);
    }

    static RedisUnavailableException because(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause instanceof RedisUnavailableException known ? known : new RedisUnavailableException(describe(cause), cause);
    }

    private static String describe(Throwable cause) {
        if (cause instanceof TimeoutException || cause instanceof RedisTimeoutException
                || cause instanceof RedisResponseTimeoutException) {
            return "it did not respond in time";
        }
        Matcher code = ERROR_CODE.matcher(String.valueOf(cause.getMessage()));
        if (cause instanceof RedisException && code.find()) {
            return "it responded with " + code.group(1);
        }
        boolean responded = cause instanceof RedisException && !(cause instanceof RedisConnectionException);
        return (responded ? "it responded with an error (" : "no connection (") + cause.getClass().getSimpleName() + ")";
    }
}
