package dev.openaigateway.upstream;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.CallLog;
import dev.openaigateway.call.ClientGoneException;
import dev.openaigateway.coding.CodingLimitException;
import dev.openaigateway.config.Timeouts;
import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.routing.outcome.AttemptFailedException;
import dev.openaigateway.routing.outcome.FailureReason;
import dev.openaigateway.routing.outcome.Outcome;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;

/** Maps an exception of an upstream call to the outcome of the attempt. */
public final class ExceptionClassifier {

    private static final Logger LOG = LoggerFactory.getLogger(ExceptionClassifier.class);

    private ExceptionClassifier() {
    }

    /** Returns the outcome. A call cancelled because the gateway is stopping is not retried elsewhere. */
    public static Outcome outcome(Throwable thrown, Call call) {
        ForeignCode.reportExhaustedHeap(thrown);
        Outcome outcome = classify(thrown, call);
        boolean stopped = outcome instanceof Outcome.Failed && call.cancellation().stopped();
        return stopped ? new Outcome.Refused(Errors.stopping().exception()) : outcome;
    }

    private static Outcome classify(Throwable thrown, Call call) {
        if (thrown instanceof AttemptFailedException ended) {
            return ended.outcome();
        }
        if (thrown instanceof ClientGoneException || call.clientStream().gone()) {
            return new Outcome.Abandoned();
        }
        return thrown instanceof ApiException refused ? new Outcome.Refused(refused) : new Outcome.Failed(reason(thrown, call), "");
    }

    /** Returns why connecting to an upstream, or reading from it, failed. */
    public static FailureReason reason(Throwable thrown, Call call) {
        if (call.cancellation().stopped()) {
            return FailureReason.STOPPED;
        }
        if (call.cancellation().isOverdue()) {
            return timeout(call);
        }
        if (LocalExhaustion.caused(thrown)) {
            return FailureReason.SHORTAGE;
        }
        if (thrown instanceof ConnectException || thrown instanceof ConnectTimeoutException
                || thrown instanceof UnknownHostException || thrown instanceof NoRouteToHostException
                || thrown instanceof SSLException || thrown instanceof ConnectionRequestTimeoutException) {
            return FailureReason.UNREACHABLE;
        }
        if (thrown instanceof SocketTimeoutException) {
            return timeout(call);
        }
        if (thrown instanceof NoHttpResponseException) {
            return FailureReason.BROKEN;
        }
        if (thrown instanceof HttpException || thrown instanceof MessageConstraintException || CodingLimitException.caused(thrown)) {
            return FailureReason.MALFORMED;
        }
        if (!(thrown instanceof IOException)) {
            CallLog.about(call, LOG.atWarn()).log("A step of an instance's route failed: {}", thrown.toString());
            LOG.debug("Stack trace of the failed step", thrown);
        }
        return FailureReason.BROKEN;
    }

    private static FailureReason timeout(Call call) {
        boolean late = System.nanoTime() - call.arrivedNanos() >= Timeouts.OF_CLIENT_LIBRARIES.toNanos();
        return late ? FailureReason.LONG_TIMEOUT : FailureReason.TIMEOUT;
    }
}
