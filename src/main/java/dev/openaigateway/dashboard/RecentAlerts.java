package dev.openaigateway.dashboard;

import dev.openaigateway.admin.AdminRequest;
import dev.openaigateway.events.Alert;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The latest alerts, for {@code /admin/alerts}. Memory is bounded. Thread-safe. */
public final class RecentAlerts {

    private static final int CAPACITY = 500;
    private static final List<String> PARAMETERS = List.of("kind", "search", "offset", "limit");
    private static final int DEFAULT_ROWS = 100;
    private static final List<String> KINDS = Arrays.stream(Alert.Kind.values()).map(RecentAlerts::word).toList();

    /**
     * One alert.
     *
     * @param id       increases by one with each alert
     * @param time     in ISO 8601, UTC
     * @param instance null if the alert is not about an instance
     */
    record Row(long id, String time, String kind, String instance, String message) {
    }

    private record Document(String object, int matching, List<Row> data) {
    }

    private final Deque<Row> alerts = new ArrayDeque<>();
    private long latest;

    public synchronized void raised(Alert alert) {
        alerts.addLast(new Row(++latest, alert.time().toString(), word(alert.kind()), alert.instance(), alert.message()));
        if (alerts.size() > CAPACITY) {
            alerts.removeFirst();
        }
    }

    /** Query parameters: {@code kind}, one or several with commas; {@code search}, {@code offset} and {@code limit}. The newest come first. */
    public Object show(AdminRequest request) {
        request.requireOnly(PARAMETERS);
        Paging page = Paging.of(request, DEFAULT_ROWS);
        Set<String> kinds = WordList.of(request, "kind", KINDS);
        String text = request.parameter("search").orElse("").strip().toLowerCase(Locale.ROOT);
        List<Row> found = newestFirst().stream().filter(row -> kinds.isEmpty() || kinds.contains(row.kind()))
                .filter(row -> (row.kind() + " " + row.instance() + " " + row.message()).toLowerCase(Locale.ROOT).contains(text)).toList();
        return new Document("list", found.size(), page.of(found));
    }

    private synchronized List<Row> newestFirst() {
        List<Row> all = new ArrayList<>(alerts);
        Collections.reverse(all);
        return all;
    }

    private static String word(Alert.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
