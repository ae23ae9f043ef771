package dev.openaigateway.rules;

import dev.openaigateway.log.root.GatewayLog;
import dev.openaigateway.problem.Problem;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reports probable mistakes in the active rules, each once for as long as it is in them. Thread-safe. */
public final class RuleWarnings {

    private static final Logger LOG = GatewayLog.LOG;

    private final Consumer<String> out;
    private Map<String, Long> active = Map.of();

    /** @param out gets each warning in one line */
    public RuleWarnings(Consumer<String> out) {
        this.out = out;
    }

    /** The bean of this type; without one, warnings are logged. */
    public static RuleWarnings of(CamelContext context) {
        RuleWarnings bean = context.getRegistry().findSingleByType(RuleWarnings.class);
        return bean == null ? new RuleWarnings(LOG::warn) : bean;
    }

    /** Reports those that the rules before did not have, on any line: a comment above a step makes no new mistake of it. */
    public synchronized void activate(List<Problem> warnings) {
        Map<String, Long> next = warnings.stream().collect(Collectors.groupingBy(RuleWarnings::withoutLines, Collectors.counting()));
        warnings.stream().filter(each -> next.get(withoutLines(each)) > active.getOrDefault(withoutLines(each), 0L)).map(Problem::message).distinct().forEach(out);
        active = next;
    }

    private static String withoutLines(Problem warning) {
        return warning.message().replaceAll("(?<=:)\\d+(?=:)|(?<= line )\\d+", "");
    }
}
