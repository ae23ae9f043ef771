package dev.openaigateway.events;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.CallLog;
import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.CallListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Notifies several listeners, in order. A listener that fails does not stop the rest. Thread-safe. */
public final class CallListeners implements CallListener {

    private static final Logger LOG = LoggerFactory.getLogger(CallListeners.class);

    private final List<CallListener> listeners = new CopyOnWriteArrayList<>();

    /** Adds listeners. They are notified after the earlier ones. */
    public void add(Collection<? extends CallListener> more) {
        listeners.addAll(more);
    }

    @Override
    public void accepted(Call call) {
        notify(listener -> listener.accepted(call), call);
    }

    @Override
    public void attemptStarted(Attempt attempt) {
        notify(listener -> listener.attemptStarted(attempt), attempt.call());
    }

    @Override
    public void attemptEnded(Attempt attempt) {
        notify(listener -> listener.attemptEnded(attempt), attempt.call());
    }

    @Override
    public void completed(Call call) {
        notify(listener -> listener.completed(call), call);
    }

    private void notify(Consumer<CallListener> event, Call call) {
        for (CallListener listener : listeners) {
            try {
                ForeignCode.run(() -> event.accept(listener));
            } catch (RuntimeException e) {
                CallLog.about(call, LOG.atError()).setCause(e)
                        .log("The listener {} failed", listener.getClass().getName());
            }
        }
    }
}
