package dev.openaigateway.call;

import dev.openaigateway.guard.ForeignCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The actions that run when a call is complete. Each runs once, even if another one fails. Thread-safe. */
final class CompletionHooks {

    private static final Logger LOG = LoggerFactory.getLogger(CompletionHooks.class);

    private final List<Consumer<Call>> actions = new ArrayList<>(3);
    private boolean done;

    /** Adds an action. Runs it at once if the others have run, since nothing would run it later. */
    void add(Consumer<Call> action, Call call) {
        if (!isAdded(action)) {
            run(action, call);
        }
    }

    private synchronized boolean isAdded(Consumer<Call> action) {
        return !done && actions.add(action);
    }

    /** Runs the actions in the order in which they were added. Only the first call has an effect. */
    void run(Call call) {
        if (isFirstRun()) {
            actions.forEach(action -> run(action, call));
        }
    }

    private synchronized boolean isFirstRun() {
        boolean first = !done;
        done = true;
        return first;
    }

    private static void run(Consumer<Call> action, Call call) {
        try {
            ForeignCode.run(() -> action.accept(call));
        } catch (RuntimeException e) {
            CallLog.about(call, LOG.atError()).setCause(e).log("A step at the end of a request failed");
        }
    }
}
