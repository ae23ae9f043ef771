package dev.openaigateway.affinity;

import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** With client keys, lists keep what is the client's own or no object at all, and lose what another client has made. */
class PassedListsTest extends PassedRequests {

    @Override
    String passed() {
        return "passthrough: [\"*\"]";
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"score, `{\"object\":\"list\",\"data\":[{\"index\":0,\"score\":0.9}]}`",
        "rerank, `{\"object\":\"list\",\"data\":[{\"relevance_score\":0.9,\"index\":0,\"document\":\"b\"}],\"usage\":{\"total_tokens\":3}}`",
        "rerank, `[{\"index\":0,\"score\":0.9}]`", "similarity, `[0.5,1.0E-7]`", "embed, `[[0.5,1],[2]]`", "classify, `{\"data\":[[{\"label\":\"a\"}]]}`",
        "tokenize, `[[{\"id\":101,\"text\":\"a\"}]]`", "decode, `[\"a\",\"b\"]`"})
    void shouldKeepWhatIsComputed(String path, String result) {
        upstream.respond(Reply.json(200, result));

        assertThat(request("POST", "/v1/" + path, "key-a").text()).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"evals/search, `{\"id\":\"ID\",\"score\":1}`", "search, `{\"file_id\":\"ID\",\"score\":1}`",
        "search, `{\"id\":\"made-x\",\"file_id\":\"ID\"}`", "jobs/find, `{\"id\":17}`", "jobs/find, `[{\"id\":\"ID\"}]`", "files, `{\"name\":\"b\"}`"})
    void shouldRemoveWhatAnotherClientMadeFromTheAnswerToAQuestion(String path, String entry) {
        String ofAlice = entry.replace("ID", made("files", "key-a"));
        upstream.respond(Reply.json(200, "{\"data\":[" + ofAlice + "]}"));

        assertThat(request("POST", "/v1/" + path, "key-b").text()).isEqualTo("{\"data\":[]}");
    }

    @ParameterizedTest
    @CsvSource({"evals, id", "files, file_id"})
    void shouldKeepWhatIsOfTheClientInTheAnswerToAQuestion(String collection, String member) {
        String found = "{\"data\":[{\"" + member + "\":\"" + made(collection, "key-a") + "\",\"score\":1}]}";
        upstream.respond(Reply.json(200, found));

        assertThat(request("POST", "/v1/evals/search", "key-a").text()).isEqualTo(found);
    }

    @Test
    void shouldShowNoFactsAboutAllClients() {
        upstream.respond(Reply.json(200, "{\"data\":[{\"object\":\"bucket\",\"results\":[{\"input_tokens\":9}]}]}"));

        assertThat(request("GET", "/v1/organization/usage/completions", "key-a").text()).isEqualTo("{\"data\":[]}");
    }

    @Test
    void shouldReadOnUntilAPageHasSomethingOfTheClient() {
        List<String> ids = new ArrayList<>(of("key-b", 230));
        List<String> ofAlice = of("key-a", 5);
        ids.addAll(ofAlice);
        ids.addAll(of("key-b", 2));
        int before = upstream.requests().size();
        upstream.respond(pagesOf(ids));

        String page = request("GET", "/v1/files?limit=3&order=desc", "key-a").text();

        assertThat(page).isEqualTo(list(ofAlice.subList(0, 3), true));
        assertThat(upstream.requests().subList(before, upstream.requests().size())).extracting(RecordedRequest::target).containsExactly(
                "/v1/files?limit=3&order=desc", "/v1/files?limit=100&order=desc&after=" + ids.get(2), "/v1/files?limit=100&order=desc&after=" + ids.get(102),
                "/v1/files?limit=100&order=desc&after=" + ids.get(202));
        assertThat(request("GET", "/v1/files?limit=3&after=" + ofAlice.get(2), "key-a").text()).isEqualTo(list(ofAlice.subList(3, 5), true));
        assertThat(request("GET", "/v1/files?limit=3&after=" + ofAlice.get(4), "key-a").text()).isEqualTo(list(List.of(), false));
    }

    @Test
    void shouldReadABoundedNumberOfPages() {
        int before = upstream.requests().size();
        upstream.respond((line, request) -> Reply.json(200, list(List.of("other-" + IDS.incrementAndGet()), true)).writeTo(line, request));

        assertThat(request("GET", "/v1/files", "key-a").text()).isEqualTo(list(List.of(), true));
        assertThat(upstream.requests()).hasSize(before + 51);
    }

    @ParameterizedTest
    @CsvSource({"'', 2", "?before=x, 1", "?after=same, 1"})
    void shouldNotReadOnWithoutAnotherPage(String query, int calls) {
        int before = upstream.requests().size();
        upstream.respond(Reply.json(200, list(List.of("same"), true)));

        assertThat(request("GET", "/v1/files" + query, "key-a").text()).isEqualTo(list(List.of(), true));
        assertThat(upstream.requests()).hasSize(before + calls);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 500})
    void shouldNotShowTheErrorOfAFurtherPage(int status) {
        upstream.respond((line, request) -> (request.target().contains("after") ? Reply.error(status, "no_such", "No such object: other-1")
                : Reply.json(200, list(List.of("other-1"), true))).writeTo(line, request));

        RawResponse refused = request("GET", "/v1/files?limit=2", "key-a");

        assertThat(refused.status()).isGreaterThanOrEqualTo(500);
        assertThat(refused.text()).doesNotContain("other-1");
    }

    /** As lists of the API are read: {@code limit} entries {@code after} one. */
    private static Reply pagesOf(List<String> ids) {
        return (line, request) -> {
            int from = ids.indexOf(request.target().replaceFirst(".*[?&]after=|.*", "")) + 1;
            int to = Math.min(ids.size(), from + Integer.parseInt(request.target().replaceFirst(".*[?&]limit=(\\d+).*", "$1")));
            Reply.json(200, list(ids.subList(from, to), to < ids.size())).writeTo(line, request);
        };
    }

    private static String list(List<String> ids, boolean hasMore) {
        String first = ids.isEmpty() ? "null" : "\"" + ids.get(0) + "\"";
        String last = ids.isEmpty() ? "null" : "\"" + ids.get(ids.size() - 1) + "\"";
        return "{\"object\":\"list\",\"data\":[" + ids.stream().map(id -> "{\"id\":\"" + id + "\"}").collect(Collectors.joining(","))
                + "],\"first_id\":" + first + ",\"last_id\":" + last + ",\"has_more\":" + hasMore + "}";
    }

    private List<String> of(String key, int count) {
        return Stream.generate(() -> made("files", key)).limit(count).toList();
    }

    private String made(String collection, String key) {
        String id = "made-" + IDS.incrementAndGet();
        upstream.respond(Reply.json(200, "{\"id\":\"" + id + "\"}"));
        assertThat(request("POST", "/v1/" + collection, key).status()).isEqualTo(200);
        return id;
    }

    private RawResponse request(String method, String path, String key) {
        return request(method, path, key, "Content-Type: application/json");
    }
}
