package dev.openaigateway.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Pattern;

/** The latest finished requests, in memory. Their number is bounded, and adding one does not block. Thread-safe. */
public final class RecentRequests implements RequestList.Source {

    private static final Pattern CURSOR = Pattern.compile("\\d{1,18}");

    private record Entry(long number, UsageRecord usage) {
    }

    private final AtomicReferenceArray<Entry> ring;
    private final AtomicLong next = new AtomicLong();

    /** @param size how many requests to keep */
    public RecentRequests(int size) {
        ring = new AtomicReferenceArray<>(size);
    }

    public void add(UsageRecord usage) {
        long number = next.getAndIncrement();
        ring.set((int) (number % ring.length()), new Entry(number, usage));
    }

    @Override
    public RequestList read(RequestQuery query) {
        long end = next.get();
        long from = query.cursor() == null ? end : Math.min(end, number(query.cursor()));
        List<Map<String, Object>> found = new ArrayList<>();
        long number = from - 1;
        for (; number >= Math.max(0, end - ring.length()); number--) {
            Entry entry = ring.get((int) (number % ring.length()));
            // A newer request may be about to take the place of this one.
            if (entry != null && entry.number == number && query.admits(entry.usage)) {
                if (found.size() == query.limit()) {
                    return new RequestList(found, String.valueOf(number + 1));
                }
                found.add(document(entry.usage));
            }
        }
        return new RequestList(found, null);
    }

    private static long number(String cursor) {
        if (!CURSOR.matcher(cursor).matches()) {
            throw new IllegalArgumentException("a cursor is a number");
        }
        return Long.parseLong(cursor);
    }

    private static Map<String, Object> document(UsageRecord usage) {
        Map<String, Object> document = usage.fields();
        document.remove(UsageRecord.TRACE);
        document.put("tried", usage.tried());
        return document;
    }
}
