package dev.openaigateway.call;

/** Where the limits that a call is under stand; of each unit the tightest is shown. */
public final class LimitReadings {

    private LimitReading tokens;
    private LimitReading requests;
    private LimitReading instance;
    private boolean instanceIsFull;

    /** A limit on tokens that holds whichever instance answers. */
    public void addTokens(LimitReading reading) {
        tokens = reading.isTighterThan(tokens) ? reading : tokens;
    }

    public void addRequests(LimitReading reading) {
        requests = reading.isTighterThan(requests) ? reading : requests;
    }

    /**
     * The limit of the instance that is asked now, instead of the one that was asked before.
     *
     * @param reading null for an instance without a limit
     */
    public void ofInstance(LimitReading reading) {
        instance = reading;
        instanceIsFull = false;
    }

    /** An instance had no room. Of several such in a row the one that has room first is kept. */
    public void ofFullInstance(LimitReading reading) {
        if (!instanceIsFull || reading.freesBefore(instance)) {
            instance = reading;
            instanceIsFull = true;
        }
    }

    /** Null where no token limit applied. */
    public LimitReading tokens() {
        return instance != null && instance.isTighterThan(tokens) ? instance : tokens;
    }

    /** Null where no request limit applied. */
    public LimitReading requests() {
        return requests;
    }
}
