package dev.openaigateway.gateway;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.CallLog;
import dev.openaigateway.explain.FailedStep;
import dev.openaigateway.explain.RuleStep;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.text.Excerpt;
import org.apache.camel.Exchange;
import org.apache.camel.ValidationException;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.processor.ThrottlerRejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the exception of a step of a rule into the error that the client gets, and logs it in one line. */
final class RuleFailures {

    private static final Logger LOG = LoggerFactory.getLogger(RuleFailures.class);
    /** In the message of Camel's throttle. */
    private static final Pattern PERIOD = Pattern.compile("within (\\d+)ms");
    /** By name: its jar comes with camel-http and is no dependency of the gateway's own. */
    private static final String HTTP_STATUS = "org.apache.camel.http.base.HttpOperationFailedException";
    private static final int DEEPEST_FRAME = 12;

    private RuleFailures() {
    }

    /** Null if the exception comes from no step of a rule, or from the gateway's own code. */
    static ApiError of(Exchange exchange, Exception thrown, String requestId) {
        RuleStep.Place place = FailedStep.of(exchange, thrown);
        if (place == null || isOfGateway(thrown)) {
            return null;
        }
        String step = place.text();
        ApiError error = error(thrown, step, place);
        about(exchange, requestId, LOG.atLevel(error.status() < 500 ? Level.INFO : Level.WARN))
                .log("A rule ended a request with status {} at {}: {}", error.status(), step, reason(thrown));
        LOG.debug("Stack trace of the step that ended a request", thrown);
        return error;
    }

    /** Logs a failure of which the client sees nothing, because its response is complete. */
    static void logAfterResponse(Exchange exchange, Exception thrown, String requestId) {
        RuleStep.Place place = FailedStep.of(exchange, thrown);
        about(exchange, requestId, LOG.atWarn()).log("A rule failed after the response was complete, at {}: {}",
                place == null ? "a step" : place.text(), reason(thrown));
        LOG.debug("Stack trace of the step that failed after the response", thrown);
    }

    private static LoggingEventBuilder about(Exchange exchange, String requestId, LoggingEventBuilder line) {
        Call call = Call.findOrMirror(exchange);
        return CallLog.about(requestId, call == null ? null : call.labels().traceId(), line);
    }

    private static ApiError error(Exception thrown, String step, RuleStep.Place place) {
        if (thrown instanceof ThrottlerRejectedExecutionException) {
            Matcher period = PERIOD.matcher(String.valueOf(thrown.getMessage()));
            return Errors.throttledByRule(Duration.ofMillis(period.find() ? Long.parseLong(period.group(1)) : 1000));
        }
        if (thrown instanceof ValidationException) {
            return Errors.rejected(400, "The request does not meet a condition of the gateway's rules"
                    + (place.id() == null ? "." : " (step '" + place.id() + "')."), null, null, null);
        }
        if (thrown instanceof DirectConsumerNotAvailableException missing) {
            return Errors.ruleFailed("A rule sends to 'direct:" + Excerpt.printable(FailureNames.target(missing)) + "', where no route begins, at " + step + ".");
        }
        if (!isThrownByRule(thrown)) {
            return Errors.ruleFailed("A rule of the gateway failed at " + step + ".");
        }
        if (thrown instanceof IllegalArgumentException || thrown instanceof SecurityException) {
            return Errors.rejected(thrown instanceof SecurityException ? 403 : 400, thrown.getMessage(), null, null, null);
        }
        return Errors.ruleFailed(thrown.getMessage() == null ? "A rule of the gateway failed at " + step + "." : thrown.getMessage());
    }

    private static boolean isOfGateway(Exception thrown) {
        StackTraceElement[] frames = thrown.getStackTrace();
        return frames.length > 0 && frames[0].getClassName().startsWith("dev.openaigateway.");
    }

    /** Whether a {@code throwException} has thrown it, so that its message is meant for the client. */
    private static boolean isThrownByRule(Exception thrown) {
        return Arrays.stream(thrown.getStackTrace()).limit(DEEPEST_FRAME)
                .anyMatch(frame -> frame.getClassName().equals("org.apache.camel.processor.ThrowExceptionProcessor"));
    }

    /** The message of a failed expression or bean may contain the prompt, so it is only in the stack trace at DEBUG. Names are not. */
    private static String reason(Exception thrown) {
        Throwable root = thrown;
        String names = FailureNames.of(thrown) == null ? null : thrown.getClass().getSimpleName() + ": " + FailureNames.of(thrown);
        while (root.getCause() != null) {
            root = root.getCause();
            names = FailureNames.of(root) == null ? names : root.getClass().getSimpleName() + ": " + FailureNames.of(root);
        }
        boolean isHarmless = thrown instanceof RejectedExecutionException || thrown instanceof IOException || isThrownByRule(thrown)
                || thrown.getClass().getName().equals(HTTP_STATUS);
        String name = root.getClass().getSimpleName();
        return isHarmless ? name + ": " + String.valueOf(root.getMessage()).replaceAll("\\s*[\\r\\n]+\\s*", " ") : names == null ? name : names;
    }
}
