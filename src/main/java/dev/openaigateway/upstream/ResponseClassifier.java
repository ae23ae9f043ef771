package dev.openaigateway.upstream;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.RelayedHeaders;
import dev.openaigateway.call.ResponseHeaderNames;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.fallback.FallbackTrigger;
import dev.openaigateway.openai.ErrorBody;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.openai.body.PassedRequest;
import dev.openaigateway.provider.Providers;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.outcome.AttemptFailedException;
import dev.openaigateway.routing.outcome.FailureReason;
import dev.openaigateway.routing.outcome.Outcome;
import dev.openaigateway.upstream.errors.ErrorContext;
import dev.openaigateway.upstream.errors.ErrorRules;
import dev.openaigateway.upstream.errors.MissingObjectErrors;
import dev.openaigateway.upstream.errors.RefusalErrors;
import dev.openaigateway.upstream.errors.RequestedModel;
import dev.openaigateway.upstream.errors.StreamOptionsErrors;
import dev.openaigateway.upstream.errors.Verdict;
import dev.openaigateway.upstream.redaction.KeySearch;
import dev.openaigateway.upstream.redaction.Redaction;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Set;

/** Classifies a response by its status. An error ends the attempt; its reason decides whether the call fails over. */
public final class ResponseClassifier implements Processor {

    private static final int NOT_MODIFIED = 304;

    /** Clients get the upstream's error for these, but not for a refused key or an account without credit, which are the gateway's. */
    private static final Set<FailureReason> QUOTED = EnumSet.of(FailureReason.RATE_LIMITED, FailureReason.SERVER_ERROR, FailureReason.CONFLICT,
            FailureReason.TIMEOUT);

    private final Providers providers;
    private final RetryAfter retryAfter;
    private final LiveSettings settings;
    private final LiveSettings.Derived<Redaction> redaction;

    public ResponseClassifier(Providers providers, RetryAfter retryAfter, LiveSettings settings) {
        this.providers = providers;
        this.retryAfter = retryAfter;
        this.settings = settings;
        this.redaction = settings.derive(Redaction::new);
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Message response = exchange.getMessage();
        int status = response.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
        Attempt attempt = Attempt.of(exchange);
        PassedRequest passed = attempt.request().body() instanceof PassedRequest request ? request : null;
        if (passed != null) {
            CreatedLocation.translate(response, passed);
        }
        takeHeaders(response, attempt.call(), attempt.instance().settings());
        if (status >= 200 && status < 300 || status == NOT_MODIFIED && passed != null && passed.isContent()) {
            return;
        }
        ErrorBytes body = ErrorBytes.read(response.getBody() instanceof InputStream stream ? stream : InputStream.nullInputStream(),
                response.getHeader(Exchange.CONTENT_TYPE, String.class), cut -> masked(cut, exchange));
        if (!body.isComplete()) {
            attempt.call().cancellation().cancel();
        }
        UpstreamError error = providers.of(attempt.instance().settings()).reader(attempt.request()).error(body.bytes());
        Outcome outcome = outcome(status, error, exchange);
        throw new AttemptFailedException(attempt.furtherCalls() == 0 ? outcome : ofFurtherPage(outcome));
    }

    /** Without the upstream's message, which may name the entry before the page: another client may have made it. */
    private static Outcome ofFurtherPage(Outcome outcome) {
        return outcome instanceof Outcome.Failed failed
                ? new Outcome.Failed(failed.reason(), failed.status(), "", failed.retryAfter(), null, failed.retryHint(), null)
                : new Outcome.Failed(FailureReason.MALFORMED, "a further page of a list was refused");
    }

    private void takeHeaders(Message response, Call call, InstanceSettings instance) {
        Redaction keys = redaction.get();
        call.result().received(RelayedHeaders.take(response, call.requestId(), instance.headers().dropped(), value -> keys.ofHeader(value, instance)));
        if (response.getHeader(Exchange.CONTENT_TYPE) instanceof String type) {
            String shown = keys.ofHeader(type, instance);
            if (!shown.equals(type)) {
                response.setHeader(Exchange.CONTENT_TYPE, shown);
            }
        }
    }

    /** The errors that come with a success status. */
    public ErrorsUnderSuccess underSuccess(Exchange exchange) {
        return new ErrorsUnderSuccess(this, exchange);
    }

    byte[] masked(byte[] shown, Exchange exchange) {
        return redaction.get().of(shown, Attempt.of(exchange).instance().settings());
    }

    byte[] withoutKeys(byte[] shown, Exchange exchange) {
        return redaction.get().withoutKeys(shown, Attempt.of(exchange).instance().settings());
    }

    KeySearch keySearch(Exchange exchange) {
        return redaction.get().search(Attempt.of(exchange).instance().settings());
    }

    Outcome outcome(int status, UpstreamError sent, Exchange exchange) {
        Attempt attempt = Attempt.of(exchange);
        InstanceSettings instance = attempt.instance().settings();
        ErrorContext error = context(status, sent, attempt, exchange.getMessage());
        byte[] shown = sent.body() == null ? null : redaction.get().of(sent.body(), instance);
        FallbackTrigger trigger = RefusalErrors.triggerOf(status, error.meant());
        if (trigger == null && MissingObjectErrors.match(status, error.meant(), error.aboutStoredObject())) {
            int forClient = status == UpstreamError.UNKNOWN_STATUS ? 400 : status;
            return new Outcome.Missing(forClient, shown == null ? wrapped(forClient, sent, instance) : shown);
        }
        Verdict verdict = trigger == null ? ErrorRules.verdict(error) : Verdict.REQUEST_FAULT;
        if (trigger == null && attempt.hasAskedForUsage() && isOfAddition(error, verdict)) {
            return new Outcome.WithoutAddition(status);
        }
        if (verdict instanceof Verdict.InstanceFault fault) {
            FailureReason reason = fault.reason();
            return new Outcome.Failed(reason, status, shown(sent, instance), retryAfter.in(exchange.getMessage(), sent),
                    forClient(reason, error, shown, instance), retryHint(exchange),
                    QUOTED.contains(reason) ? attempt.call().result().relayedHeaders() : null);
        }
        int forClient = status >= 400 && status < 500 ? status : 400;
        return new Outcome.Rejected(forClient, shown == null ? wrapped(forClient, sent, instance) : shown, trigger, retryHint(exchange));
    }

    private static ErrorContext context(int status, UpstreamError sent, Attempt attempt, Message response) {
        String model = attempt.request().model();
        RequestedModel asked = RequestedModel.of(model, attempt.instance().settings().deployment(model));
        return ErrorContext.of(status, sent, asked, MediaType.of(response).isMarkup(), attempt.request().isBilledBefore());
    }

    /** Whether the upstream refuses what the gateway has added to the request. */
    private static boolean isOfAddition(ErrorContext error, Verdict verdict) {
        return verdict instanceof Verdict.RequestFault ? StreamOptionsErrors.match(error.meant()) : StreamOptionsErrors.matchAnyStatus(error.meant());
    }

    /**
     * The error that the client gets if all instances respond with it; null if the client never gets it, as a 404 that is not an API's and
     * concerns only the address.
     *
     * @param shown the error object for the client, or null
     */
    private byte[] forClient(FailureReason reason, ErrorContext error, byte[] shown, InstanceSettings instance) {
        boolean address = reason == FailureReason.NOT_FOUND && error.status() == 404 && shown == null && !ErrorRules.isOfApi(error);
        if (address || namesAccess(reason, error.status())) {
            return null;
        }
        boolean passedOn = reason == FailureReason.NOT_FOUND || reason == FailureReason.TOO_LARGE;
        return passedOn && shown == null && !error.sent().message().isEmpty() ? wrapped(error.status(), error.sent(), instance) : shown;
    }

    /** Whether the gateway's key may not use the deployment. Clients do not get this status: it would say that their own key is refused. */
    private static boolean namesAccess(FailureReason reason, int status) {
        return reason == FailureReason.NOT_FOUND && (status == 401 || status == 403);
    }

    /** The upstream's {@code x-should-retry}, which clients obey; null for none. */
    private static String retryHint(Exchange exchange) {
        Object hint = exchange.getMessage().getHeader(ResponseHeaderNames.SHOULD_RETRY);
        return "true".equals(hint) || "false".equals(hint) ? hint.toString() : null;
    }

    private byte[] wrapped(int status, UpstreamError error, InstanceSettings instance) {
        String shown = shown(error, instance);
        byte[] body = ErrorBody.of(Errors.refusedByUpstream(status, shown.isEmpty() ? "The upstream refused the request." : shown, error));
        return redaction.get().of(body, instance);
    }

    private String shown(UpstreamError error, InstanceSettings instance) {
        return redaction.get().of(error.message(), instance, settings.get().admin().errorBodyMaxBytes());
    }
}
