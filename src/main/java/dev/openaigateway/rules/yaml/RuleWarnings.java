package dev.openaigateway.rules.yaml;

import dev.openaigateway.config.load.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashSet;
import java.util.Set;

/** Logs what is hardly meant in rules that are valid, once for as long as it is in them. Thread-safe. */
public final class RuleWarnings {

    private static final Logger LOG = LoggerFactory.getLogger("dev.openaigateway");

    private Set<String> logged = Set.of();

    public synchronized void log(Problems warnings) {
        Set<String> found = new HashSet<>();
        for (Problem warning : warnings.problems()) {
            if (found.add(warning.message()) && !logged.contains(warning.message())) {
                LOG.warn(warning.message());
            }
        }
        logged = found;
    }
}
