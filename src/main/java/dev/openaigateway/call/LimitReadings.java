package dev.openaigateway.call;

/** The state of the limits that apply to a call. For each unit the tightest is reported. Written by one thread; any thread may read. */
public final class LimitReadings {

    private volatile LimitReading tokens;
    private volatile LimitReading requests;
    private volatile LimitReading instance;
    private boolean instanceIsFull;

    /** Adds a limit on tokens that applies to every instance. */
    public void addTokens(LimitReading reading) {
        tokens = reading.isTighterThan(tokens) ? reading : tokens;
    }

    /** Adds a limit on requests. */
    public void addRequests(LimitReading reading) {
        requests = reading.isTighterThan(requests) ? reading : requests;
    }

    /**
     * Sets the limit of the instance of the current attempt, in place of the previous attempt's.
     *
     * @param reading null for an instance without a limit
     */
    public void ofInstance(LimitReading reading) {
        instance = reading;
        instanceIsFull = false;
    }

    /** Sets the limit of an instance that had no room. Of several, keeps the one with the shortest wait. */
    public void ofFullInstance(LimitReading reading) {
        if (!instanceIsFull || reading.freesBefore(instance)) {
            instance = reading;
            instanceIsFull = true;
        }
    }

    /** Null if no token limit applied. */
    public LimitReading tokens() {
        LimitReading ofInstance = instance;
        return ofInstance != null && ofInstance.isTighterThan(tokens) ? ofInstance : tokens;
    }

    /** Null if no request limit applied. */
    public LimitReading requests() {
        return requests;
    }
}
