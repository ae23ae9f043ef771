package dev.openaigateway.call;

import dev.openaigateway.openai.AttemptReport;
import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.Usage;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What has become of a call so far. Written by the thread that serves the call. The attempts, the instance and the time to
 * the first token may be read by any thread, the rest when the call is complete.
 */
public final class CallResult {

    private final long arrivedNanos;
    private final List<AttemptReport> attempts = new CopyOnWriteArrayList<>();
    private volatile String instance;
    private volatile long firstTokenNanos;
    private Usage usage;
    private CompletionCounter completionCounter;
    private boolean exhausted;
    private int status;
    private String errorCode;

    CallResult(long arrivedNanos) {
        this.arrivedNanos = arrivedNanos;
    }

    public void tried(AttemptReport attempt) {
        attempts.add(attempt);
    }

    /** @param name of the instance whose response the client gets */
    public void servedBy(String name) {
        instance = name;
    }

    /** @param billed by the upstream; null, or no tokens at all, where it reported none */
    public void used(Usage billed) {
        usage = billed == null || billed.total() == 0 ? null : billed;
    }

    /** Has the text of the response counted as it passes. */
    public void countWith(CompletionCounter counter) {
        completionCounter = counter;
    }

    /** The first content of the response has come; later calls have no effect. */
    public void contentSeen(long nanos) {
        firstTokenNanos = firstTokenNanos == 0 ? nanos : firstTokenNanos;
    }

    /** No instance could take the request. */
    public void exhausted() {
        exhausted = true;
    }

    /** @param code the code of the error object; null for a success */
    public void ended(int httpStatus, String code) {
        status = httpStatus;
        errorCode = code;
    }

    public List<AttemptReport> attempts() {
        return attempts;
    }

    /** Null while no instance has responded. */
    public String instance() {
        return instance;
    }

    /** Null where the upstream reported none. */
    public Usage usage() {
        return usage;
    }

    /** Null where nothing needs counting. */
    public CompletionCounter completionCounter() {
        return completionCounter;
    }

    /** Whether an upstream has taken tokens for the call, as far as can be known. */
    public boolean isServed() {
        return status < 400 || attempts.stream().anyMatch(AttemptReport::served);
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

    /** From arrival to the first content; null where none came. */
    public Duration timeToFirstToken() {
        return firstTokenNanos == 0 ? null : Duration.ofNanos(firstTokenNanos - arrivedNanos);
    }
}
