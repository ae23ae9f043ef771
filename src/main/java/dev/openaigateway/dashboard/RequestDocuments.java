package dev.openaigateway.dashboard;

import dev.openaigateway.admin.AdminRequest;
import dev.openaigateway.admin.Suggestion;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.stats.Dimension;
import dev.openaigateway.stats.RequestList;
import dev.openaigateway.stats.RequestQuery;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The document {@code /admin/requests}: the latest finished requests. Thread-safe. */
public final class RequestDocuments {

    private static final List<String> PARAMETERS = List.of("client", "cursor", "instance", "limit", "model", "since", "status");
    private static final int PAGE = 100;
    private static final int LARGEST_PAGE = 1000;
    private static final Pattern STATUS = Pattern.compile("[1-5](\\d\\d|[xX][xX])");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,11}");

    /** @param nextCursor null if there are no older requests */
    record Document(String object, List<Map<String, Object>> data, String nextCursor) {
    }

    private final Supplier<RequestList.Source> source;
    private final Function<Dimension, Collection<String>> known;

    /** @param known the names that a filter may have although there is no such request */
    public RequestDocuments(Supplier<RequestList.Source> source, Function<Dimension, Collection<String>> known) {
        this.source = source;
        this.known = known;
    }

    /** Query parameters: {@code client}, {@code model}, {@code instance}, {@code status}, {@code since}, {@code limit}, {@code cursor}. */
    public Object list(AdminRequest request) throws Exception {
        request.requireOnly(PARAMETERS);
        RequestQuery query = query(request);
        RequestList found = read(query);
        if (found.requests().isEmpty()) {
            require(Dimension.CLIENT, query.client());
            require(Dimension.MODEL, query.model());
            require(Dimension.INSTANCE, query.instance());
        }
        return new Document("list", found.requests(), found.nextCursor());
    }

    private RequestList read(RequestQuery query) throws Exception {
        try {
            return source.get().read(query);
        } catch (IllegalArgumentException e) {
            throw invalid("cursor", "must be a next_cursor of this endpoint, exactly as it was returned.");
        }
    }

    private static RequestQuery query(AdminRequest request) {
        String status = request.parameter("status").orElse("");
        if (!status.isEmpty() && !STATUS.matcher(status).matches()) {
            throw invalid("status", "must be an HTTP status such as 429, or a class of them such as 5xx.");
        }
        int limit = request.number("limit", PAGE);
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw invalid("limit", "must be from 1 to " + LARGEST_PAGE + ".");
        }
        String lower = status.toLowerCase(Locale.ROOT);
        return new RequestQuery(request.parameter("client").orElse(null), request.parameter("model").orElse(null),
                request.parameter("instance").orElse(null),
                status.isEmpty() ? 0 : Integer.parseInt(lower.replace('x', '0')), status.isEmpty() ? 999 : Integer.parseInt(lower.replace('x', '9')),
                request.parameter("since").map(RequestDocuments::since).orElse(Instant.EPOCH), limit,
                request.parameter("cursor").orElse(null));
    }

    /** A plus sign in a query that was not encoded has become a blank. */
    private static Instant since(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        try {
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw invalid("since", "must be a time such as 2026-01-31T08:00:00Z, or seconds since 1970.");
        }
    }

    /**
     * Requires that something is known of a name.
     *
     * @param name null for none
     * @throws ApiException 400 if it is neither in the settings nor that of an earlier request
     */
    public void require(Dimension dimension, String name) {
        Collection<String> names = name == null ? List.of() : new TreeSet<>(known.apply(dimension));
        if (name == null || names.contains(name)) {
            return;
        }
        throw invalid(dimension.parameter(), "must be a name of the settings or of a recent request" + Suggestion.insteadOf(name, names));
    }

    private static ApiException invalid(String parameter, String rule) {
        return Errors.invalid(parameter, "invalid_value", parameter + " " + rule).exception();
    }
}
