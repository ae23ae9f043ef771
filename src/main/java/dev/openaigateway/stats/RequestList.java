package dev.openaigateway.stats;

import java.util.List;
import java.util.Map;

/**
 * A part of the finished requests, newest first.
 *
 * @param requests   the fields of usage records, and {@code tried}, a list of the attempts
 * @param nextCursor continues the list with older requests; null at its end
 */
public record RequestList(List<Map<String, Object>> requests, String nextCursor) {

    /** Where finished requests are kept. Thread-safe. */
    public interface Source {

        /** @throws IllegalArgumentException if the cursor is not one of this source */
        RequestList read(RequestQuery query) throws Exception;
    }
}
