package dev.openaigateway.call;

import dev.openaigateway.guard.ForeignCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The actions that run when a call is complete. Each runs once, even if another one fails. Any thread may call
 * {@link #run}.
 */
final class CompletionHooks {

    private static final Logger LOG = LoggerFactory.getLogger(CompletionHooks.class);

    private final List<Consumer<Call>> actions = new ArrayList<>(3);
    private final AtomicBoolean done = new AtomicBoolean();

    void add(Consumer<Call> action) {
        actions.add(action);
    }

    /** Runs the actions in the order in which they were added. Only the first call has an effect. */
    void run(Call call) {
        if (done.compareAndSet(false, true)) {
            actions.forEach(action -> run(action, call));
        }
    }

    private static void run(Consumer<Call> action, Call call) {
        try {
            ForeignCode.run(() -> action.accept(call));
        } catch (RuntimeException e) {
            CallLog.about(call, LOG.atError()).setCause(e).log("A step at the end of a request failed");
        }
    }
}
