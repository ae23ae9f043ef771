package dev.openaigateway.call;

import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.AttemptReport;
import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.openai.Usage;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The outcome of a call so far. Written by the thread that serves the call. Any thread may read the attempts, the instance, what
 * {@link ResponseHeaders} show and the time to the first token at any time, and the rest once the call is complete.
 */
public final class CallResult {

    private static final RelayedHeaders NO_HEADERS = new RelayedHeaders(Map.of(), null);

    private final long arrivedNanos;
    private final List<AttemptReport> attempts = new CopyOnWriteArrayList<>();
    private volatile String instance;
    private volatile String model;
    private volatile RelayedHeaders relayedHeaders = NO_HEADERS;
    private volatile boolean quoted;
    private volatile boolean eventsAnnounced;
    private volatile long firstTokenNanos;
    private final CallUsage usage = new CallUsage();
    private boolean exhausted;
    private volatile String rule;
    private int status;
    private String errorCode;
    private String errorMessage;

    CallResult(long arrivedNanos) {
        this.arrivedNanos = arrivedNanos;
    }

    /** Sets whether an upstream has announced a stream of events whose first bytes are still to come. */
    public void announceEvents(boolean announced) {
        eventsAnnounced = announced;
    }

    /** Whether a stream of events is to come, although the request may not show it. */
    public boolean eventsAnnounced() {
        return eventsAnnounced;
    }

    /** Begins another attempt, whose usage is its own. */
    public void trying() {
        usage.begin();
    }

    /**
     * Adds the report of an attempt that has ended, and what it used.
     *
     * @param billed whether its upstream bills it
     */
    public void tried(AttemptReport attempt, boolean billed) {
        attempts.add(attempt);
        if (billed) {
            usage.billed();
        }
    }

    /** @param waiting the result of the call that waits for the response of this one; null if none does */
    void answers(CallResult waiting) {
        usage.answers(waiting == null ? null : waiting.usage);
    }

    /**
     * @param name  of the instance whose response the client gets; null if it gets the gateway's own
     * @param asked the model requested from the instance; null with the name
     */
    public void servedBy(String name, String asked) {
        instance = name;
        model = asked;
    }

    /** Sets the headers of the latest response of an upstream, which replace those of earlier ones. */
    public void received(RelayedHeaders headers) {
        relayedHeaders = headers;
    }

    /**
     * Returns the gateway's error with what the upstream's error says beyond its message. The client gets the headers with it.
     *
     * @param headers of the upstream's response
     * @param body    the upstream's error; null if it sent no error object
     */
    public ApiError quoting(RelayedHeaders headers, byte[] body, ApiError error) {
        relayedHeaders = headers.ofQuotedError();
        quoted = true;
        return body == null ? error : error.specifiedBy(UpstreamError.read(body));
    }

    /** The headers of the latest response of an upstream, or of the one that is quoted; none if there was none. */
    public RelayedHeaders relayedHeaders() {
        return relayedHeaders;
    }

    /** Whether the client gets these headers. */
    boolean isRelayed() {
        return quoted || instance != null;
    }

    /**
     * Sets what the upstream bills for the latest attempt; null if it reported nothing.
     *
     * @param total whether it is that of the whole response; otherwise more may follow
     */
    public void used(Usage billed, boolean total) {
        usage.report(billed, total);
    }

    /** @param isExempt whether what later attempts use is not charged to the client's token limit, since it has no room for them */
    public void exemptFromClientLimit(boolean isExempt) {
        usage.exempt(isExempt);
    }

    /** Sets what gives each attempt a counter for the text of its response; null to count nothing. */
    public void countWith(Supplier<CompletionCounter> counters) {
        usage.countWith(counters);
    }

    /** Whether the text of responses is counted. */
    public boolean isCounted() {
        return usage.isCounted();
    }

    /** Records when the first content of the response arrived. Only the first call has an effect. */
    public void contentSeen(long nanos) {
        firstTokenNanos = firstTokenNanos == 0 ? nanos : firstTokenNanos;
    }

    /** Sets the name of the step of the rules that chose the instances; null if it is unknown. */
    public void ruledBy(String name) {
        rule = name;
    }

    /** Records that no instance could take the request. */
    public void exhausted() {
        exhausted = true;
    }

    /** Records a success, with the status of the response that the client gets; 200 if no instance sent it. */
    public void succeeded() {
        ended(attempts.stream().filter(AttemptReport::served).map(AttemptReport::status).filter(sent -> sent > 0)
                .reduce(200, (earlier, later) -> later), null);
    }

    /** Sets status and code of the response; the code is that of the error object, null for a success. */
    public void ended(int httpStatus, String code) {
        status = httpStatus;
        errorCode = code;
    }

    /** Records an error of the gateway's own, with the message that the client gets. */
    public void ended(ApiError error) {
        ended(error.status(), error.code());
        errorMessage = error.message();
    }

    /** The attempts so far, in order. A live list that any thread may read. */
    public List<AttemptReport> attempts() {
        return attempts;
    }

    /** The name of the step of the rules that chose the instances or the answer; null if none did. */
    public String rule() {
        return rule;
    }

    /** The name of the instance whose response the client gets; null while no instance has responded. */
    public String instance() {
        return instance;
    }

    /** The model requested from the instance; null while no instance has responded. */
    public String model() {
        return model;
    }

    /** Of the latest attempt; null if its upstream reported no tokens. At least what was counted, unless the report {@link #isUsageKnown}. */
    public Usage usage() {
        return usage.tokens();
    }

    /** Whether the upstream has reported the tokens of the whole response of the latest attempt. */
    public boolean isUsageKnown() {
        return usage.isKnown();
    }

    /** Of the latest attempt; null if nothing needs counting. */
    public CompletionCounter completionCounter() {
        return usage.counter();
    }

    /**
     * The sum of what all attempts used, reported or, without any tokens, counted. Those to copies of the request count only if no other is charged
     * to the client's token limit.
     */
    public Usage total() {
        return usage.total(status < 400);
    }

    /** The tokens of {@link #total} that are charged to the client's token limit: not those of a fallback that it had no room for. */
    public long chargedToClient() {
        return usage.charged(status < 400);
    }

    /** Whether an upstream used tokens for the call, as far as is known: for what the client got, or for a response that was dropped. */
    public boolean isBilled() {
        return usage.isBilled() || status < 400 && usage.isCopied();
    }

    /** Whether no instance could take the request. */
    public boolean isExhausted() {
        return exhausted;
    }

    /** The HTTP status that the client gets; 0 while the call runs. */
    public int status() {
        return status;
    }

    /** Null for a success. */
    public String errorCode() {
        return errorCode;
    }

    /** The message of an error that the gateway itself responded with; null for any other response. */
    public String errorMessage() {
        return errorMessage;
    }

    /** From arrival to the first content; null if none arrived. */
    public Duration timeToFirstToken() {
        return firstTokenNanos == 0 ? null : Duration.ofNanos(firstTokenNanos - arrivedNanos);
    }
}
