package dev.openaigateway.call;

import dev.openaigateway.call.memory.CallMemory;
import dev.openaigateway.openai.Usage;
import org.apache.camel.Exchange;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One client's request on its way through the gateway: its client, its cancellation, and the hooks that run when it is
 * complete. The request as read is {@link #request()}, the outcome so far {@link #result()}.
 *
 * <p>Used by the thread that serves it. Any thread may complete the call, and read the request and what {@link ResponseHeaders} show, as the
 * watchdog does to begin a quiet stream.
 */
public final class Call {

    private static final ExchangeSlot<Call> SLOT = new ExchangeSlot<>(Call.class);

    private final Exchange exchange;
    private final String requestId;
    private final Instant arrived;
    private final long arrivedNanos;
    private final ClientStream clientStream;
    private final CallResult result;
    private final CompletionHooks completionHooks = new CompletionHooks();
    private final LimitReadings limitReadings = new LimitReadings();
    private final CallMemory memory = new CallMemory();
    private final Cancellation cancellation;
    private final Attachments attachments = new Attachments();
    /** The call whose exchange was copied; null if this is no mirror. */
    private Call origin;
    private volatile ModelRequest received = ModelRequest.UNREAD;
    private volatile ModelRequest request = ModelRequest.UNREAD;
    /** Null if no limit of tokens applies. */
    private volatile Grant grant;
    private volatile Grant.Refusal refusal;
    private Client client;
    private volatile CallLabels labels = CallLabels.NONE;
    private volatile boolean showsAttempts;

    /**
     * @param arrived      the wall-clock time of arrival
     * @param arrivedNanos the same moment on the clock of {@link System#nanoTime}
     * @param clientStream receives the response
     */
    public Call(Exchange exchange, String requestId, Instant arrived, long arrivedNanos, ClientStream clientStream) {
        this.exchange = exchange;
        this.requestId = requestId;
        this.arrived = arrived;
        this.arrivedNanos = arrivedNanos;
        this.clientStream = clientStream;
        this.result = new CallResult(arrivedNanos);
        this.cancellation = Cancellation.whenGone(clientStream);
    }

    /** Stores this call on the exchange, so that {@link #require} finds it there and on copies of the exchange. */
    public Call attach() {
        SLOT.set(exchange, this);
        return this;
    }

    /** The call of the exchange. Throws an {@link IllegalStateException} if there is none, because no step accepted the request. */
    public static Call require(Exchange exchange) {
        Call call = find(exchange);
        if (call == null) {
            throw new IllegalStateException("This route was not reached through direct:gateway, so there is no call to serve.");
        }
        return call;
    }

    /** Null if the exchange has no call, because no step accepted the request. */
    public static Call find(Exchange exchange) {
        Call call = SLOT.get(exchange);
        return call == null ? null : call.serving(exchange, call);
    }

    /** The exchange that the call was accepted on. Only for the thread that serves the call. */
    public Exchange exchange() {
        return exchange;
    }

    /** The call to use on an exchange, as by {@link #orMirror}; null if no step accepted the request. */
    public static Call findOrMirror(Exchange exchange) {
        Call call = find(exchange);
        return call == null ? null : call.orMirror(exchange);
    }

    /**
     * The call to use on an exchange: this one on its own exchange and on a copy that stands for it, since it has the same id
     * (a failover), and a new mirror call on any other copy (a wire tap, a multicast). A mirror neither responds to the client nor counts as an attempt of this call.
     */
    public Call orMirror(Exchange other) {
        Call serving = serving(other, null);
        if (serving != null) {
            return serving;
        }
        Call mirror = new Call(other, requestId, arrived, arrivedNanos, new DiscardingClientStream());
        mirror.origin = this;
        mirror.client = client;
        mirror.granted(grant);
        mirror.read(received);
        mirror.cancellation.takeDeadlineOf(cancellation);
        memory.shareWith(mirror.memory);
        mirror.result.answers(other.getPattern().isOutCapable() ? result : null);
        return mirror.attach();
    }

    /** A step that copies, such as a multicast, may leave the copy's call on the original exchange. */
    private Call serving(Exchange other, Call otherwise) {
        boolean isServed = exchange == other || exchange.getExchangeId().equals(other.getExchangeId());
        return isServed ? this : origin == null ? otherwise : origin.serving(other, otherwise);
    }

    /** Sets what records show of the call besides its client and its request. */
    public void label(CallLabels known) {
        labels = known;
    }

    /** Makes the response carry the rule and the attempts in a header. */
    public void showAttempts() {
        showsAttempts = true;
    }

    public void authenticated(Client sender) {
        client = sender;
    }

    public void read(ModelRequest read) {
        received = read;
        request = read;
    }

    /** Replaces the request by what rules have made of it. Then asks the limits again, which may wait for Redis; see {@link #refusal}. */
    public void changeAndReserve(ModelRequest changed) {
        request = changed;
        refusal = grant == null ? null : grant.reserve(this);
    }

    /** Sets the grant of the limits, which the request and its copies share; null if no limit of tokens applies. */
    public void granted(Grant shared) {
        grant = shared;
        refusal = shared == null ? null : shared.asReceived();
    }

    /** Whether a limit of tokens of the client or of the gateway applies. */
    public boolean isLimited() {
        return grant != null;
    }

    /** Why no instance may be asked for the request as it is now, unless a rule changes it; null if it is granted. */
    public Grant.Refusal refusal() {
        return refusal;
    }

    /** As {@link CallResult#used}; ignored if it was billed to an earlier call. */
    public void used(Usage billed, boolean total) {
        result.used(request.isBilledBefore() ? null : billed, total);
    }

    /** Registers an action that runs when the call is complete; at once if it is. Any thread may call this. */
    public void onComplete(Consumer<Call> action) {
        completionHooks.add(action, this);
    }

    /** Runs the completion hooks once, in order; one that fails does not stop the rest. Then releases the memory. */
    public void complete() {
        completionHooks.run(this);
        memory.release(isMirror());
    }

    /** State that a step keeps for the call, one object per type. Created at the first use. */
    public <T> T attachment(Class<T> type, Function<Call, T> create) {
        return attachments.of(type, create, this);
    }

    /** Whether the response shows the rule and the attempts in a header. */
    public boolean showsAttempts() {
        return showsAttempts;
    }

    /** The request to send; {@link ModelRequest#UNREAD} until it is read. */
    public ModelRequest request() {
        return request;
    }

    /** The request as the client sent it; {@link ModelRequest#UNREAD} until it is read. */
    public ModelRequest received() {
        return received;
    }

    public CallResult result() {
        return result;
    }

    public CallMemory memory() {
        return memory;
    }

    public LimitReadings limitReadings() {
        return limitReadings;
    }

    public Cancellation cancellation() {
        return cancellation;
    }

    public ClientStream clientStream() {
        return clientStream;
    }

    /** The call of the client; this one if it is no mirror. */
    public Call original() {
        return origin == null ? this : origin.original();
    }

    /** Whether the call serves a copy of another call's exchange. A mirror has no client; the sender of the copy completes it. */
    public boolean isMirror() {
        return origin != null;
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

    /** Null until the client is authenticated. */
    public Client client() {
        return client;
    }

    public String clientName() {
        return client == null ? null : client.name();
    }

    public CallLabels labels() {
        return labels;
    }
}
