package dev.openaigateway.reload;

import dev.openaigateway.config.load.InvalidSettingsException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends requests through the rules in force: the routes of the file with {@code direct:routing}. When the file has
 * changed, its routes are started beside those in force, and take over between two requests.
 */
public final class RoutingRules implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger("dev.openaigateway");

    private final CamelContext context;
    private final Model model;
    private final DrainGrace drainGrace;
    private final RulesSwitch rulesSwitch;
    private final List<RulesVersion> outdated = new ArrayList<>();
    private RulesVersion active;
    private int latest = 1;
    private volatile Producer entry;

    public RoutingRules(CamelContext context, InstantSource clock) {
        this.context = context;
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
        this.drainGrace = new DrainGrace(clock);
        this.rulesSwitch = new RulesSwitch(context);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Producer rules = entry;
        (rules == null ? first() : rules).process(exchange);
    }

    private synchronized Producer first() throws Exception {
        if (entry == null) {
            entry = producer(active().entry());
        }
        return entry;
    }

    /** The file the rules come from; empty where that is none on disk. */
    synchronized Optional<Path> file() {
        return active().file();
    }

    /** The rules as the file has them now, ready to be started; empty if it has not changed. */
    synchronized Optional<RulesVersion> changed() throws InvalidSettingsException {
        RulesVersion now = active();
        return now.hasChanged() ? Optional.of(now.next(context, latest + 1)) : Optional.empty();
    }

    /** The routes that requests may go through, without those of rules that were replaced. */
    synchronized List<RouteDefinition> routes() {
        return model.getRouteDefinitions().stream()
                .filter(route -> outdated.stream().noneMatch(version -> version.has(route.getRouteId()))).toList();
    }

    /** The same, but for those that this version is to replace. */
    synchronized List<RouteDefinition> routesWith(RulesVersion next) {
        List<RouteDefinition> routes = new ArrayList<>(routes());
        routes.removeIf(route -> active().has(route.getRouteId()));
        routes.addAll(next.routes());
        return routes;
    }

    /** Starts the routes of another version; requests do not go there yet. */
    synchronized void start(RulesVersion next) throws InvalidSettingsException {
        latest++;
        next.start(context);
    }

    synchronized void takeOver(RulesVersion next) throws Exception {
        Producer producer = producer(next.entry());
        RulesVersion before = active();
        outdated.add(before);
        active = next;
        entry = producer;
        rulesSwitch.lead(before, next);
        LOG.info("Rules in force from {}", next.file().map(Path::toString).orElse("the jar"));
    }

    /** Removes routes of replaced rules that no request is on any more. */
    synchronized void tidy() {
        for (RulesVersion version : List.copyOf(outdated)) {
            if (drainGrace.isOver(version.entry()) && version.isIdle(context)) {
                version.remove(context);
                outdated.remove(version);
                drainGrace.forget(version.entry());
            }
        }
    }

    private RulesVersion active() {
        if (active == null) {
            active = RulesVersion.first(model);
        }
        return active;
    }

    private Producer producer(String endpoint) throws Exception {
        Producer producer = context.getEndpoint(endpoint).createProducer();
        ServiceHelper.startService(producer);
        return producer;
    }
}
