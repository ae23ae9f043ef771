package dev.openaigateway.config;

import dev.openaigateway.config.LiveSettings.Derived;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LiveSettingsTest {

    private static final Settings OLD = TestSettings.of("name: old");
    private static final Settings NEW = TestSettings.of("name: new");

    private final LiveSettings settings = new LiveSettings(OLD);
    private final List<String> applied = new ArrayList<>();

    @Test
    void shouldReplaceDerivedObjectsWithEachVersion() {
        Derived<List<String>> derived = settings.derive(now -> List.of(now.name()));
        assertThat(derived.get()).containsExactly("old").isSameAs(derived.get());

        settings.change(NEW);

        assertThat(settings.get()).isSameAs(NEW);
        assertThat(derived.get()).containsExactly("new");
    }

    @Test
    void shouldCallListenersAtOnceAndInTheirOrder() {
        settings.onChange(now -> applied.add("first " + now.name()));
        settings.onChange(now -> applied.add("second " + now.name()));

        settings.change(NEW);

        assertThat(applied).containsExactly("first old", "second old", "first new", "second new");
    }

    /** The caller would undo what belongs to settings that are active. */
    @Test
    void shouldNotReportAChangeAsRefusedThatAFollowerCannotTake() {
        settings.afterChange(() -> {
            throw new NoClassDefFoundError("com/example/Missing");
        });
        settings.afterChange(() -> applied.add(settings.get().name()));

        settings.change(NEW);

        assertThat(settings.get()).isSameAs(NEW);
        assertThat(applied).containsExactly("new");
    }

    @Test
    void shouldChangeNothingWhenAnObjectCannotBeMade() {
        settings.onChange(now -> applied.add(now.name()));
        Derived<String> derived = settings.derive(Settings::name);
        settings.derive(LiveSettingsTest::onlyOld);

        assertThatThrownBy(() -> settings.change(NEW)).hasMessage("not new");

        assertThat(settings.get()).isSameAs(OLD);
        assertThat(derived.get()).isEqualTo("old");
        assertThat(applied).containsExactly("old");
    }

    @Test
    void shouldRestoreWhatListenersAppliedWhenOneRefuses() {
        settings.onChange(now -> applied.add(now.name()));
        settings.onChange(LiveSettingsTest::onlyOld);
        settings.onChange(now -> applied.add("never " + now.name()));

        assertThatThrownBy(() -> settings.change(NEW)).hasMessage("not new");

        assertThat(settings.get()).isSameAs(OLD);
        assertThat(applied).containsExactly("old", "never old", "new", "old");
    }

    @Test
    void shouldRestoreWhatListenersAppliedWhenOneMeetsABrokenLibrary() {
        settings.onChange(now -> applied.add(now.name()));
        settings.onChange(now -> {
            if (now == NEW) {
                throw new NoClassDefFoundError("of a library");
            }
        });

        assertThatThrownBy(() -> settings.change(NEW)).hasMessageContaining("of a library");

        assertThat(settings.get()).isSameAs(OLD);
        assertThat(applied).containsExactly("old", "new", "old");
    }

    @Test
    void shouldChangeNothingWhenTheLastStepFails() {
        settings.onChange(now -> applied.add(now.name()));

        assertThatThrownBy(() -> settings.change(NEW, () -> {
            throw new IOException("disk full");
        })).isInstanceOf(IOException.class);

        assertThat(settings.get()).isSameAs(OLD);
        assertThat(applied).containsExactly("old", "new", "old");
    }

    @Test
    void shouldNotBeginTheLastStepWhenAListenerRefuses() {
        settings.onChange(LiveSettingsTest::onlyOld);

        assertThatThrownBy(() -> settings.change(NEW, () -> applied.add("last"))).hasMessage("not new");

        assertThat(applied).isEmpty();
    }

    private static String onlyOld(Settings now) {
        if (now == NEW) {
            throw new IllegalStateException("not new");
        }
        return now.name();
    }
}
