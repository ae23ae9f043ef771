package dev.openaigateway.config.load;

import dev.openaigateway.config.Timeouts;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code timeout}, {@code connect_timeout}, {@code first_token_timeout} and {@code idle_timeout}. */
final class TimeoutBinder {

    static final ValueParser<Duration> TIMEOUT = Seconds.atLeast(0.001);

    private TimeoutBinder() {
    }

    /**
     * @param inherited for what the section does not give
     */
    static Timeouts bind(Section section, Timeouts inherited) {
        Optional<Duration> both = section.optional("timeout", TIMEOUT);
        Timeouts base = both.map(Timeouts::of).orElse(inherited);
        return new Timeouts(
                section.value("connect_timeout", base.connect(), TIMEOUT),
                section.value("first_token_timeout", base.firstToken(), TIMEOUT),
                section.value("idle_timeout", base.idle(), TIMEOUT));
    }

    /** Reads an object with the timeouts of models, by name. */
    static Map<String, Timeouts> bindAll(Section models, Timeouts inherited) {
        Map<String, Timeouts> timeouts = new LinkedHashMap<>();
        for (String model : models.keys()) {
            Section section = models.section(model);
            timeouts.put(model, bind(section, inherited));
            section.refuseUnknownKeys();
        }
        return timeouts;
    }
}
