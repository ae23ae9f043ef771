package dev.openaigateway.dashboard;

import dev.openaigateway.admin.AdminRequest;
import dev.openaigateway.config.load.SettingsChange;
import dev.openaigateway.events.Alert;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The latest alerts, and the latest changes of settings and rules, for {@code /admin/events}. Memory is bounded. Thread-safe. */
public final class EventLog {

    private static final int CAPACITY = 500;
    private static final int DEFAULT_ROWS = 100;
    private static final int MOST_PATHS = 20;
    private static final Set<String> TYPES = Set.of("alert", "change");

    /**
     * One event.
     *
     * @param id       increases by one with each event
     * @param time     seconds since 1970
     * @param type     {@code alert} or {@code change}
     * @param kind     of an alert; {@code settings} for a change
     * @param instance null if the event is not about an instance
     */
    record Event(long id, double time, String type, String kind, String instance, String message) {
    }

    private record Document(String object, int matching, List<Event> data) {
    }

    private final InstantSource clock;
    private final Deque<Event> events = new ArrayDeque<>();
    private long latest;

    public EventLog(InstantSource clock) {
        this.clock = clock;
    }

    public void alert(Alert alert) {
        add(alert.time(), "alert", alert.kind().name().toLowerCase(Locale.ROOT), alert.instance(), alert.message());
    }

    /** Records that settings or rules were replaced. */
    public void changed(List<SettingsChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        List<String> paths = changes.stream().map(SettingsChange::path).limit(MOST_PATHS).toList();
        add(clock.instant(), "change", "settings", null, "Changed: " + String.join(", ", paths)
                + (changes.size() > paths.size() ? " and " + (changes.size() - paths.size()) + " more." : "."));
    }

    private synchronized void add(Instant time, String type, String kind, String instance, String message) {
        events.addLast(new Event(++latest, time.toEpochMilli() / 1000.0, type, kind, instance, message));
        if (events.size() > CAPACITY) {
            events.removeFirst();
        }
    }

    /** Query parameters: {@code type}, {@code search}, {@code offset} and {@code limit}. The newest come first. */
    public Object show(AdminRequest request) {
        Paging page = Paging.of(request, DEFAULT_ROWS);
        Set<String> types = Choices.of(request, "type", TYPES);
        String text = request.parameter("search").orElse("").strip().toLowerCase(Locale.ROOT);
        List<Event> found = newestFirst().stream().filter(event -> types.isEmpty() || types.contains(event.type()))
                .filter(event -> (event.kind() + " " + event.instance() + " " + event.message()).toLowerCase(Locale.ROOT).contains(text)).toList();
        return new Document("list", found.size(), page.of(found));
    }

    private synchronized List<Event> newestFirst() {
        List<Event> all = new ArrayList<>(events);
        Collections.reverse(all);
        return all;
    }
}
