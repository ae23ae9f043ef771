package dev.openaigateway.call;

import dev.openaigateway.openai.AttemptReport;
import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.RequestBody;
import dev.openaigateway.openai.Usage;
import org.apache.camel.Exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One client's request and its course. Used by the thread that serves it; {@link #complete} by any thread, once. */
public final class Call {

    /** The exchange property that holds the call. */
    public static final String PROPERTY = "call";

    private final Exchange exchange;
    private final String requestId;
    private final Instant arrived;
    private final long arrivedNanos;
    private final ClientStream client;
    private final List<AttemptReport> attempts = new ArrayList<>(2);
    private final CompletionHooks completionHooks = new CompletionHooks();
    private final LimitReadings limitReadings = new LimitReadings();
    private final CallMemory memory = new CallMemory();
    private final Cancellation upstream;
    private String clientName;
    private String operationPath;
    private Operation operation;
    private RequestBody body;
    private String pinnedTo;
    private String model;
    private String apiVersion;
    private String instance;
    private Usage usage;
    private CompletionCounter completionCounter;
    private int status;
    private String errorCode;
    private long firstTokenNanos;
    private boolean isMirror;

    public Call(Exchange exchange, String requestId, Instant arrived, long arrivedNanos, ClientStream client) {
        this.exchange = exchange;
        this.requestId = requestId;
        this.arrived = arrived;
        this.arrivedNanos = arrivedNanos;
        this.client = client;
        this.upstream = Cancellation.whenGone(client);
    }

    /** @throws IllegalStateException if no step accepted the request yet */
    public static Call of(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(PROPERTY, Call.class)).orElseThrow(() -> new IllegalStateException(
                "This route was not reached through direct:gateway, so there is no call to serve."));
    }

    /**
     * This call as seen from the exchange: itself, or for a copy of the exchange (a wire tap, a multicast) a call of its
     * own, so that the copy neither answers the client nor counts as its attempt.
     */
    public Call on(Exchange other) {
        if (other == exchange) {
            return this;
        }
        Call mirror = new Call(other, requestId, arrived, arrivedNanos, new DiscardingClientStream());
        mirror.clientName = clientName;
        mirror.read(operation, body, model);
        mirror.apiVersion = apiVersion;
        mirror.pinnedTo = pinnedTo;
        mirror.upstream.takeDeadlineOf(upstream);
        mirror.isMirror = true;
        memory.shareWith(mirror.memory);
        other.setProperty(PROPERTY, mirror);
        return mirror;
    }

    /** @param path of an operation; known before the request is read */
    public void requestedPath(String path) {
        operationPath = path;
    }

    public void authenticated(String name) {
        clientName = name;
    }

    /** @param requestedModel the model as the client named it, in the body or in the path */
    public void read(Operation requested, RequestBody requestBody, String requestedModel) {
        operation = requested;
        body = requestBody;
        model = requestedModel;
    }

    public void requestedVersion(String version) {
        apiVersion = version;
    }

    /** Only this instance can know what the request is about, if a rule offers it. */
    public void pinTo(String instanceName) {
        pinnedTo = instanceName;
    }

    public void tried(AttemptReport attempt) {
        attempts.add(attempt);
    }

    /** The instance whose answer the client gets. */
    public void servedBy(String name) {
        instance = name;
    }

    /** @param billed null, or of no tokens at all, where the upstream did not tell; what was billed before is passed over */
    public void used(Usage billed) {
        usage = billed == null || billed.total() == 0 || body.isBilledBefore() ? null : billed;
    }

    /** Has the answer's text counted as it passes. */
    public void countWith(CompletionCounter counter) {
        completionCounter = counter;
    }

    public void contentSeen(long nanos) {
        firstTokenNanos = firstTokenNanos == 0 ? nanos : firstTokenNanos;
    }

    public void ended(int httpStatus, String code) {
        status = httpStatus;
        errorCode = code;
    }

    /** Registers an action that runs when the call is complete. */
    public void onComplete(Consumer<Call> action) {
        completionHooks.add(action);
    }

    /** Runs what waits for the end of the call, once, in the order in which it was registered, even where one of it fails. */
    public void complete() {
        completionHooks.run(this);
        memory.close();
    }

    public CallMemory memory() {
        return memory;
    }

    /** Whether it has no client: whoever copied the exchange completes it. */
    public boolean isMirror() {
        return isMirror;
    }

    public String requestId() {
        return requestId;
    }

    public Instant arrived() {
        return arrived;
    }

    public long arrivedNanos() {
        return arrivedNanos;
    }

    /** What runs upstream for it. */
    public Cancellation upstream() {
        return upstream;
    }

    public ClientStream client() {
        return client;
    }

    /** Null until the client was let in. */
    public String clientName() {
        return clientName;
    }

    /** The path of the operation, whether or not the request was read; null where the route names none. */
    public String operationPath() {
        return operationPath;
    }

    /** Null until the request was read. */
    public Operation operation() {
        return operation;
    }

    public RequestBody body() {
        return body;
    }

    /** Empty where the request is about something made before by nobody knows whom. */
    public String model() {
        return model;
    }

    /** The {@code api-version} the client asked for, or null. */
    public String apiVersion() {
        return apiVersion;
    }

    /** Null where any instance will do. */
    public String pinnedTo() {
        return pinnedTo;
    }

    public boolean stream() {
        return body != null && body.stream();
    }

    public List<AttemptReport> attempts() {
        return attempts;
    }

    /** Null while no instance has answered. */
    public String instance() {
        return instance;
    }

    /** Null where the upstream reported none. */
    public Usage usage() {
        return usage;
    }

    /** Whether an upstream has taken tokens for it, as far as can be known. */
    public boolean isServed() {
        return status < 400 || attempts.stream().anyMatch(AttemptReport::served);
    }

    /** Null where nothing needs counting. */
    public CompletionCounter completionCounter() {
        return completionCounter;
    }

    public LimitReadings limitReadings() {
        return limitReadings;
    }

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
