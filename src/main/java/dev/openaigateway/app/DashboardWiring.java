package dev.openaigateway.app;

import dev.openaigateway.admin.JsonResponder;
import dev.openaigateway.admin.StatusDocuments;
import dev.openaigateway.call.InFlight;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.dashboard.LimitsDocument;
import dev.openaigateway.dashboard.OverviewDocument;
import dev.openaigateway.dashboard.PageFiles;
import dev.openaigateway.dashboard.RecentAlerts;
import dev.openaigateway.dashboard.RuleTraffic;
import dev.openaigateway.dashboard.RulesDocument;
import dev.openaigateway.reload.live.LiveRouteFiles;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.stats.RecentTraffic;
import dev.openaigateway.throttle.ActiveLimiter;
import dev.openaigateway.throttle.LimitStates;
import org.apache.camel.spi.Registry;

import java.time.InstantSource;

/** Binds the beans of the route file {@code dashboard}. */
final class DashboardWiring {

    private final InstantSource ticks;
    private final RuleTraffic traffic;
    private final RecentAlerts alerts = new RecentAlerts();

    DashboardWiring(InstantSource ticks) {
        this.ticks = ticks;
        this.traffic = new RuleTraffic(ticks);
    }

    /** Counts what the rules send to the instances. */
    RuleTraffic traffic() {
        return traffic;
    }

    /** The list of alerts. Redis may be lost before any bean is bound. */
    RecentAlerts alerts() {
        return alerts;
    }

    void bind(Registry registry, Instances instances, StatusDocuments statuses, ActiveLimiter limiter, InFlight inFlight, RecentTraffic recent,
              LiveSettings settings) {
        registry.bind("pageFiles", new PageFiles());
        registry.bind("adminOverview", new JsonResponder(
                new OverviewDocument(instances, statuses, limiter, inFlight, recent, traffic, ticks)::show));
        registry.bind("adminLimits", new JsonResponder(new LimitsDocument(new LimitStates(settings, limiter), recent, ticks)::show));
    }

    /** Binds what shows the rules and the alerts. */
    void bind(Registry registry, LiveRouteFiles rules) {
        registry.bind("adminRules", new JsonResponder(new RulesDocument(rules::live, traffic, ticks)::show));
        registry.bind("adminAlerts", new JsonResponder(alerts::show));
    }
}
