package dev.openaigateway.gateway;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.CallLog;
import dev.openaigateway.call.ClientGoneException;
import dev.openaigateway.call.ErrorHeaders;
import dev.openaigateway.call.ResponseHeaders;
import dev.openaigateway.call.UpstreamErrorException;
import dev.openaigateway.explain.Explanation;
import dev.openaigateway.explain.FailedStep;
import dev.openaigateway.explain.RuleNames;
import dev.openaigateway.explain.RuleStep;
import dev.openaigateway.explain.SafeInDryRun;
import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.ErrorBody;
import dev.openaigateway.openai.ErrorCode;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.server.RequestIds;
import dev.openaigateway.server.response.StreamErrors;
import io.vertx.core.buffer.Buffer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;

/** Turns every failure into one OpenAI error object: the response itself, or an event in a stream that has started. */
public final class ErrorResponder implements Processor, SafeInDryRun {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorResponder.class);
    private static final int CLIENT_CLOSED_REQUEST = 499;

    private final RuleNames names;

    /** @param names of the routes of rules, for requests that a rule refused */
    public ErrorResponder(RuleNames names) {
        this.names = names;
    }

    @Override
    public void process(Exchange exchange) {
        Exception thrown = FailedStep.ofStep(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
        ForeignCode.reportExhaustedHeap(thrown);
        Call call = Call.findOrMirror(exchange);
        nameRule(exchange, call, thrown);
        if (call != null && call.clientStream().isComplete()) {
            exchange.getMessage().setBody(null);
            if (call.result().status() == 0) {
                RuleFailures.logAfterResponse(exchange, thrown, call.requestId());
                ended(call, 200, null);
            }
        } else if (thrown instanceof ClientGoneException || call != null && call.clientStream().gone()) {
            exchange.getMessage().setBody(null);
            ended(call, CLIENT_CLOSED_REQUEST, ErrorCode.CLIENT_GONE);
            close(call);
        } else if (thrown instanceof UpstreamErrorException upstream) {
            ended(call, upstream.status(), ErrorCode.UPSTREAM_REFUSED);
            respond(exchange, call, upstream.status(), upstream.body(), ErrorHeaders.of(null, upstream.retryHint()));
        } else {
            ApiError error = thrown instanceof ApiException known ? known.error() : unknown(exchange, call, thrown);
            if (call != null) {
                call.result().ended(error);
            }
            respond(exchange, call, error.status(), ErrorBody.of(error), ErrorHeaders.of(error));
        }
    }

    private void nameRule(Exchange exchange, Call call, Exception thrown) {
        if (call != null && call.result().rule() == null) {
            RuleStep.Place place = FailedStep.of(exchange, thrown);
            call.result().ruledBy(place != null ? place.name() : names.ofRoute(exchange.getProperty(ExchangePropertyKey.FAILURE_ROUTE_ID, String.class)));
        }
    }

    private static ApiError unknown(Exchange exchange, Call call, Exception thrown) {
        String id = call != null ? call.requestId() : exchange.getMessage() instanceof HttpMessage http
                ? http.getResponse().headers().get(RequestIds.HEADER) : exchange.getExchangeId();
        ApiError ofRule = RuleFailures.of(exchange, thrown, id);
        if (ofRule != null) {
            return ofRule;
        }
        String traceId = call == null ? null : call.labels().traceId();
        if (Explanation.find(exchange) == null) {
            CallLog.about(id, traceId, LOG.atError()).setCause(thrown).log("A request failed inside the gateway");
        }
        return Errors.internal(id, traceId);
    }

    private static void ended(Call call, int status, String code) {
        if (call != null) {
            call.result().ended(status, code);
        }
    }

    /** Ends the response. Otherwise Camel would write a second head after the one that was already sent. */
    private static void close(Call call) {
        if (call != null) {
            call.clientStream().end();
        }
    }

    private static void respond(Exchange exchange, Call call, int status, byte[] body, Map<String, String> retry) {
        Message message = exchange.getMessage();
        message.getHeaders().clear();
        if (call != null && !call.clientStream().leaveHead()) {
            message.setBody(null);
            inStream(call, body);
            return;
        }
        if (call != null) {
            ResponseHeaders.of(call).forEach(message::setHeader);
        }
        retry.forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(Buffer.buffer(body));
    }

    private static void inStream(Call call, byte[] body) {
        byte[] bytes = StreamErrors.of(call).events(body, false);
        try {
            call.clientStream().write(bytes, 0, bytes.length);
            call.clientStream().end();
        } catch (ClientGoneException e) {
            call.result().ended(CLIENT_CLOSED_REQUEST, ErrorCode.CLIENT_GONE);
        }
    }
}
