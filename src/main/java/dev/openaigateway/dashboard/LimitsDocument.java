package dev.openaigateway.dashboard;

import dev.openaigateway.admin.AdminRequest;
import dev.openaigateway.ratelimit.LimitScope;
import dev.openaigateway.stats.RecentTraffic;
import dev.openaigateway.stats.Summary;
import dev.openaigateway.throttle.LimitState;
import dev.openaigateway.throttle.LimitStates;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The document {@code /admin/limits}: each limit with what is in use, and the wait that a usual request would get. Thread-safe. */
public final class LimitsDocument {

    private static final List<String> PARAMETERS = List.of("kind", "search", "offset", "limit");
    private static final int DEFAULT_ROWS = 100;
    private static final Set<String> KINDS = Arrays.stream(LimitScope.Kind.values()).map(LimitScope.Kind::label).collect(Collectors.toUnmodifiableSet());
    private static final Comparator<LimitState> FULLEST_FIRST = Comparator.comparing((LimitState state) -> state.scope().kind() != LimitScope.Kind.GATEWAY)
            .thenComparing(Comparator.comparingDouble(LimitState::share).reversed());

    /** @param tokens the size of a usual request: the mean of the last minute */
    private record Content(long tokens, List<LimitState> states) {
    }

    private record Document(String object, long requestTokens, int total, int matching, int offset, List<LimitState> data) {
    }

    private final LimitStates states;
    private final RecentTraffic recent;
    private final CachedDocument<Content> content;

    public LimitsDocument(LimitStates states, RecentTraffic recent, InstantSource ticks) {
        this.states = states;
        this.recent = recent;
        this.content = new CachedDocument<>(this::content, ticks);
    }

    /** Query parameters: {@code kind}, one or several with commas; {@code search}, {@code offset} and {@code limit}. The fullest come first. */
    public Object show(AdminRequest request) {
        request.requireOnly(PARAMETERS);
        Paging page = Paging.of(request, DEFAULT_ROWS);
        Set<String> kinds = WordList.of(request, "kind", KINDS);
        String text = request.parameter("search").orElse("").strip().toLowerCase(Locale.ROOT);
        Content shared = content.get();
        List<LimitState> found = shared.states().stream()
                .filter(state -> kinds.isEmpty() || kinds.contains(state.scope().kind().label()))
                .filter(state -> text.isEmpty() || state.scope().name().toLowerCase(Locale.ROOT).contains(text)).toList();
        return new Document("list", shared.tokens(), shared.states().size(), found.size(), page.offset(), page.of(found));
    }

    private Content content() {
        Summary minute = recent.lastMinute();
        long tokens = minute.successes() == 0 ? 1 : Math.max(1, minute.tokens().total() / minute.successes());
        return new Content(tokens, states.read(tokens).stream().sorted(FULLEST_FIRST).toList());
    }
}
