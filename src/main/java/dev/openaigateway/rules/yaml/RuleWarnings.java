package dev.openaigateway.rules.yaml;

import dev.openaigateway.config.load.Problem;
import dev.openaigateway.log.root.GatewayLog;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Reports probable mistakes in valid rules, each once for as long as it is in them. Thread-safe. */
public final class RuleWarnings {

    private static final Logger LOG = GatewayLog.LOG;

    private final Consumer<String> out;
    private Set<String> reported = Set.of();

    /** @param out gets each warning in one line */
    public RuleWarnings(Consumer<String> out) {
        this.out = out;
    }

    /** The bean of this type; without one, warnings are logged. */
    public static RuleWarnings of(CamelContext context) {
        RuleWarnings bean = context.getRegistry().findSingleByType(RuleWarnings.class);
        return bean == null ? new RuleWarnings(LOG::warn) : bean;
    }

    /** Reports those that the latest rules did not have. */
    public synchronized void report(Problems warnings) {
        Set<String> found = new HashSet<>();
        for (Problem warning : warnings.problems()) {
            if (found.add(warning.message()) && !reported.contains(warning.message())) {
                out.accept(warning.message());
            }
        }
        reported = found;
    }
}
