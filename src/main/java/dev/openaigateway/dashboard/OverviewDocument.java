package dev.openaigateway.dashboard;

import dev.openaigateway.admin.AdminRequest;
import dev.openaigateway.admin.InstanceStatus;
import dev.openaigateway.admin.StatusDocuments;
import dev.openaigateway.call.InFlight;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.stats.RecentTraffic;
import dev.openaigateway.stats.Summary;
import dev.openaigateway.throttle.ActiveLimiter;
import dev.openaigateway.throttle.LimitUse;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The document {@code /admin/overview}: the traffic of the last minutes and the instances now. Thread-safe. */
public final class OverviewDocument {

    private static final int DEFAULT_CARDS = 60;
    private static final Set<String> STATUSES = Set.of("healthy", "rate_limited", "error", "disabled");

    /** What all viewers share. */
    private record Content(double time, int inFlight, String redis, Summary lastMinute, List<RecentTraffic.Point> points,
                           Map<String, Long> byStatus, List<InstanceCard> cards) {
    }

    private record Document(double time, String access, int inFlight, String redis, Summary lastMinute, int intervalSeconds,
                            List<RecentTraffic.Point> points, Cards instances) {
    }

    /** @param matching the number of instances that the search found */
    private record Cards(int total, Map<String, Long> byStatus, int matching, int offset, List<InstanceCard> data) {
    }

    private final Instances instances;
    private final StatusDocuments statuses;
    private final ActiveLimiter limiter;
    private final InFlight inFlight;
    private final RecentTraffic recent;
    private final RuleTraffic traffic;
    private final CachedDocument<Content> content;

    public OverviewDocument(Instances instances, StatusDocuments statuses, ActiveLimiter limiter, InFlight inFlight, RecentTraffic recent,
                    RuleTraffic traffic, InstantSource ticks) {
        this.instances = instances;
        this.statuses = statuses;
        this.limiter = limiter;
        this.inFlight = inFlight;
        this.recent = recent;
        this.traffic = traffic;
        this.content = new CachedDocument<>(this::content, ticks);
    }

    /**
     * Query parameters: {@code since}, in seconds since 1970, leaves out earlier intervals; {@code search}, {@code status},
     * {@code offset} and {@code limit} select instances.
     */
    public Object show(AdminRequest request) {
        Content shared = content.get();
        int since = request.number("since", 0);
        return new Document(shared.time(), request.readOnly() ? "monitor" : "admin", shared.inFlight(), shared.redis(), shared.lastMinute(),
                RecentTraffic.SECONDS, shared.points().stream().filter(point -> point.time() > since).toList(), cards(shared, request));
    }

    private static Cards cards(Content shared, AdminRequest request) {
        Paging page = Paging.of(request, DEFAULT_CARDS);
        String text = request.parameter("search").orElse("").strip().toLowerCase(Locale.ROOT);
        Set<String> wanted = WordList.of(request, "status", STATUSES);
        List<InstanceCard> found = shared.cards().stream()
                .filter(card -> (wanted.isEmpty() || wanted.contains(card.status())) && (text.isEmpty() || card.matches(text))).toList();
        return new Cards(shared.cards().size(), shared.byStatus(), found.size(), page.offset(), page.of(found));
    }

    private Content content() {
        Map<String, MinuteCount.Sum> calls = new HashMap<>();
        traffic.edges().forEach(edge -> calls.merge(edge.instance(), new MinuteCount.Sum(edge.requests(), edge.failed()), MinuteCount.Sum::plus));
        Map<String, List<LimitUse>> limits = limiter.load().uses(instances.all());
        List<InstanceCard> cards = new ArrayList<>();
        Map<String, Long> byStatus = new TreeMap<>();
        for (InstanceStatus status : statuses.all()) {
            byStatus.merge(status.status(), 1L, Long::sum);
            instances.named(status.name()).map(instance -> card(instance, status, limits, calls)).ifPresent(cards::add);
        }
        return new Content(statuses.now().toEpochMilli() / 1000.0, inFlight.count(), limiter.redis().word(), recent.lastMinute(), recent.points(),
                byStatus, cards);
    }

    private InstanceCard card(Instance instance, InstanceStatus status, Map<String, List<LimitUse>> limits, Map<String, MinuteCount.Sum> calls) {
        return InstanceCard.of(instance, status, limits.getOrDefault(instance.name(), List.of()),
                calls.getOrDefault(instance.name(), MinuteCount.Sum.NONE), statuses.now());
    }
}
