package dev.openaigateway.affinity;

import dev.openaigateway.openai.ClientQuery;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The query of a request for one page of a list: {@code limit}, and {@code after} with the id of the last entry of the page before. */
record PageQuery(String text) {

    private static final String LIMIT = "limit";
    private static final String AFTER = "after";
    /** The most entries of a page that each list of the API has. */
    private static final int LARGEST = 100;

    /** The most entries that are asked for; the largest number if the query does not say. */
    int limit() {
        List<String> limits = parameters().filter(each -> ClientQuery.name(each).equals(LIMIT)).toList();
        return limits.size() == 1 && limits.get(0).matches("limit=[1-9]\\d{0,8}")
                ? Integer.parseInt(limits.get(0).substring(LIMIT.length() + 1)) : Integer.MAX_VALUE;
    }

    /** Whether the page is to end before an entry, so that the pages after it were read before. */
    boolean goesBack() {
        return parameters().anyMatch(each -> ClientQuery.name(each).equals("before"));
    }

    /** The query for the page after an entry. It asks for a larger page if the query asks for a small one. */
    PageQuery after(String id) {
        List<String> next = new ArrayList<>(parameters().filter(each -> !ClientQuery.name(each).equals(AFTER)).toList());
        next.replaceAll(each -> ClientQuery.name(each).equals(LIMIT) && limit() < LARGEST ? LIMIT + "=" + LARGEST : each);
        next.add(AFTER + "=" + URLEncoder.encode(id, StandardCharsets.UTF_8));
        return new PageQuery(String.join("&", next));
    }

    private Stream<String> parameters() {
        return Arrays.stream(text.split("&")).filter(each -> !each.isEmpty());
    }
}
