package dev.openaigateway.stats;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.openaigateway.openai.Json;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finished requests in the persistent store of usage records, of all gateways that write to it. */
public final class StoredRequests implements RequestList.Source {

    private final UsageHistory.Store store;

    /**
     * @param store reads rows in the order of their columns {@code ended_ms} and {@code request_id}, both descending, before those
     *              of the query; further parameters are the query's own, {@code since} in seconds and {@code since_ms}
     */
    public StoredRequests(UsageHistory.Store store) {
        this.store = store;
    }

    @Override
    public RequestList read(RequestQuery query) throws Exception {
        List<Map<String, Object>> rows = store.read(parameters(query));
        boolean more = rows.size() > query.limit();
        List<Map<String, Object>> found = new ArrayList<>();
        for (Map<String, Object> row : more ? rows.subList(0, query.limit()) : rows) {
            found.add(document(row));
        }
        return new RequestList(found, more ? cursor(rows.get(query.limit() - 1)) : null);
    }

    private static Map<String, Object> parameters(RequestQuery query) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("client", query.client());
        parameters.put("model", query.model());
        parameters.put("instance", query.instance());
        parameters.put("status_from", query.statusFrom());
        parameters.put("status_to", query.statusTo());
        parameters.put("since", query.since().getEpochSecond());
        parameters.put("since_ms", query.since().toEpochMilli());
        parameters.put("limit", query.limit() + 1);
        int dot = query.cursor() == null ? 0 : query.cursor().indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("a cursor has a time and a request id");
        }
        long before = query.cursor() == null ? Long.MAX_VALUE : Long.parseLong(query.cursor().substring(0, dot));
        parameters.put("before", Math.floorDiv(before, 1000L));
        parameters.put("before_ms", before);
        parameters.put("before_id", query.cursor() == null ? "" : query.cursor().substring(dot + 1));
        return parameters;
    }

    private static String cursor(Map<String, Object> row) {
        return row.get("ended_ms") + "." + row.get("request_id");
    }

    /** Some databases have no booleans, and columns that were added later are empty in older rows. */
    private static Map<String, Object> document(Map<String, Object> row) throws JsonProcessingException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("time", Instant.ofEpochMilli(((Number) row.get("ended_ms")).longValue()).toString());
        document.putAll(row);
        document.remove("ended_ms");
        document.put("stream", row.get("stream") instanceof Number number ? number.intValue() != 0 : row.get("stream"));
        document.put("tried", row.get("tried") instanceof String json ? Json.MAPPER.readTree(json) : List.of());
        return document;
    }
}
