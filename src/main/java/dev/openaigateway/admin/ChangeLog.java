package dev.openaigateway.admin;

import dev.openaigateway.config.load.SettingsChange;
import dev.openaigateway.events.Alert;
import dev.openaigateway.events.Events;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.server.RequestIds;
import dev.openaigateway.text.Excerpt;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Records what was changed while the gateway runs, and by whom. A change over the admin API raises an event of the kind
 * {@code admin_change}, which is also a line in the log. The latest records are kept in memory. Thread-safe.
 */
public final class ChangeLog {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeLog.class);
    private static final int MOST_RECORDS = 500;
    private static final int LARGEST_PAGE = 1000;
    private static final int MOST_CHANGES = 50;
    private static final int MOST_PATHS = 10;
    private static final int LONGEST_AGENT = 200;

    /**
     * Who made a change.
     *
     * @param access    {@code admin_token}, {@code this_machine} or {@code files}
     * @param address   of the client; null for files
     * @param userAgent as sent; null if none was
     * @param requestId null for files
     */
    record By(String access, String address, String userAgent, String requestId) {
    }

    /**
     * @param time    in ISO 8601, UTC
     * @param action  such as {@code instance_change}
     * @param subject the instance or client that was changed; null if it was none in particular
     * @param changes at most 50; secrets are masked
     */
    record Entry(String time, String action, String subject, By by, List<ShownChange> changes) {
    }

    private final Events events;
    private final InstantSource clock;
    private final Function<AdminRequest, String> address;
    private final BooleanSupplier tokenNeeded;
    private final Deque<Entry> latest = new ArrayDeque<>();

    /**
     * @param address     finds the address of the client behind a request
     * @param tokenNeeded whether changes need the admin token; without one they come from this machine
     */
    public ChangeLog(Events events, InstantSource clock, Function<AdminRequest, String> address, BooleanSupplier tokenNeeded) {
        this.tokenNeeded = tokenNeeded;
        this.events = events;
        this.clock = clock;
        this.address = address;
    }

    /** Records a change over the admin API, which has taken effect. */
    void made(AdminRequest request, String action, String subject, List<SettingsChange> changes) {
        By by = by(request);
        add(action, subject, by, changes);
        events.alert(Alert.Kind.ADMIN_CHANGE, null, "Change over the admin API by " + by.address() + " (request " + by.requestId() + "): "
                + action + (subject == null ? "" : " of '" + subject + "'") + paths(changes));
    }

    /** Records that an action was asked for which changes nothing itself, but runs what an administrator sent. Raises no event. */
    void asked(AdminRequest request, String action) {
        By by = by(request);
        add(action, null, by, List.of());
        LOG.info("Action over the admin API by {} (request {}): {}", by.address(), by.requestId(), action);
    }

    private By by(AdminRequest request) {
        String agent = request.http().getHeader("User-Agent");
        return new By(tokenNeeded.getAsBoolean() ? "admin_token" : "this_machine", address.apply(request),
                Excerpt.of(agent, LONGEST_AGENT), request.http().response().headers().get(RequestIds.HEADER));
    }

    /** Records that edited files were loaded. */
    public void filesLoaded(List<SettingsChange> changes) {
        if (!changes.isEmpty()) {
            add("reload", null, new By("files", null, null, null), changes);
        }
    }

    private void add(String action, String subject, By by, List<SettingsChange> changes) {
        Entry entry = new Entry(clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(), action, subject, by, changes.stream().limit(MOST_CHANGES).map(ShownChange::of).toList());
        synchronized (latest) {
            if (latest.size() == MOST_RECORDS) {
                latest.removeFirst();
            }
            latest.addLast(entry);
        }
    }

    private static String paths(List<SettingsChange> changes) {
        List<String> paths = changes.stream().limit(MOST_PATHS).map(SettingsChange::path).toList();
        return changes.isEmpty() ? "" : "; changed: " + String.join(", ", paths)
                + (changes.size() > paths.size() ? " and " + (changes.size() - paths.size()) + " more" : "");
    }

    /** The latest records, newest first; {@code limit} of them. A limit below 1 would show none, as if nothing had been changed. */
    public Object show(AdminRequest request) {
        int limit = request.number("limit", 100);
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw Errors.invalid("limit", "invalid_value", "limit must be from 1 to " + LARGEST_PAGE + ".").exception();
        }
        List<Entry> entries;
        synchronized (latest) {
            entries = new ArrayList<>(latest);
        }
        Collections.reverse(entries);
        return Map.of("changes", entries.stream().limit(limit).toList());
    }
}
