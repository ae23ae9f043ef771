package dev.openaigateway.config;

import dev.openaigateway.guard.ForeignAction;
import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.log.root.GatewayLog;
import org.slf4j.Logger;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The active settings, and the objects made from them. A change replaces the settings and all derived objects in one step;
 * two successive reads may see two versions. Thread-safe.
 */
public final class LiveSettings {

    /**
     * An object made from the active settings, replaced with each version of them. Thread-safe.
     *
     * @param <T> its type
     */
    public final class Derived<T> {

        private final int index;

        private Derived(int index) {
            this.index = index;
        }

        /** The object of the active version. */
        @SuppressWarnings("unchecked")
        public T get() {
            return (T) version.derived().get(index);
        }
    }

    private record Version(Settings settings, List<Object> derived) {
    }

    private static final Logger LOG = GatewayLog.LOG;

    private final List<Function<Settings, ?>> factories = new ArrayList<>();
    private final List<Consumer<Settings>> listeners = new ArrayList<>();
    private final List<Runnable> followers = new ArrayList<>();
    private volatile Version version;

    public LiveSettings(Settings settings) {
        version = new Version(settings, List.of());
    }

    /** The active version. */
    public Settings get() {
        return version.settings();
    }

    /**
     * Makes an object from the active settings, and again from each version before it becomes active.
     *
     * @param factory has no side effect and does not return null; if it throws, the new version does not become active
     */
    public synchronized <T> Derived<T> derive(Function<Settings, T> factory) {
        List<Object> derived = new ArrayList<>(version.derived());
        derived.add(factory.apply(version.settings()));
        factories.add(factory);
        version = new Version(version.settings(), List.copyOf(derived));
        return new Derived<>(derived.size() - 1);
    }

    /**
     * Applies the active settings to an object that lives longer than a version, and each later version just before it
     * becomes active. Listeners are called in the order in which they were added, after all derived objects are made.
     *
     * @param listener may be called with the active version again, when a listener after it refuses a new one
     */
    public synchronized void onChange(Consumer<Settings> listener) {
        listener.accept(version.settings());
        listeners.add(listener);
    }

    /** Runs this after each later version has become active. What it throws is logged. */
    public synchronized void afterChange(Runnable follower) {
        followers.add(follower);
    }

    /**
     * Makes these settings the active ones, all or nothing.
     *
     * @throws RuntimeException thrown by a factory or a listener; the previous settings stay active
     */
    public void change(Settings next) {
        change(next, () -> { });
    }

    /**
     * Makes these settings the active ones together with a step outside, such as the writing of a file: both or neither.
     *
     * @param last the last step that may fail, after all factories and listeners; what it has done stays
     * @throws E                as the last step throws it; the previous settings stay active
     * @throws RuntimeException as in {@link #change(Settings)}, and then the step was not run, or thrown by the step
     */
    public synchronized <E extends Exception> void change(Settings next, ForeignAction<E> last) throws E {
        List<Object> derived = new ArrayList<>();
        factories.forEach(factory -> derived.add(factory.apply(next)));
        int called = 0;
        try {
            for (Consumer<Settings> listener : listeners) {
                called++;
                ForeignCode.run(() -> listener.accept(next));
            }
            last.run();
        } catch (Exception e) {
            restore(listeners.subList(0, called), e);
            throw e;
        }
        version = new Version(next, List.copyOf(derived));
        followers.forEach(LiveSettings::follow);
    }

    /** The settings are active by now, so a failure must not look like a refusal of them. */
    private static void follow(Runnable follower) {
        try {
            ForeignCode.run(follower::run);
        } catch (RuntimeException e) {
            LOG.error("The new settings are active, but a part of the gateway could not apply them. Restart the gateway to be sure", e);
        }
    }

    private void restore(List<Consumer<Settings>> changed, Exception cause) {
        for (Consumer<Settings> listener : changed) {
            try {
                ForeignCode.run(() -> listener.accept(version.settings()));
            } catch (RuntimeException e) {
                cause.addSuppressed(e);
            }
        }
    }
}
