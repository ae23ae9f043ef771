package dev.openaigateway.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code /admin/requests} from memory. The requests are sent once, before the tests read them. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecentRequestsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestClock clock = new TestClock();
    private final ScriptedUpstream east = ScriptedUpstream.start();
    private final ScriptedUpstream west = ScriptedUpstream.start();
    private TestGateway gateway;
    private Instant later;
    private String cursor;

    @BeforeAll
    void sendRequests() throws IOException {
        gateway = TestGateway.builder().clock(clock).settings("""
                clients: { keys: [ { name: alice, key: key-of-alice }, { name: bob, key: key-of-bob } ] }
                models: [ { name: fast, target: gpt-4o-mini } ]
                instances:
                  - { name: east, provider_type: generic, api_key: k, api_base: "%s", supported_models: [gpt-4o, gpt-4o-mini] }
                  - { name: west, provider_type: generic, api_key: k, api_base: "%s", supported_models: [gpt-4o, gpt-4o-mini], priority: 200 }
                """.formatted(east.uri(), west.uri())).start();
        east.enqueue(Reply.error(500, "boom", "boom").header("x-request-id", "up-1"));
        chat("alice", "gpt-4o", "first");
        clock.advance(Duration.ofMinutes(5));
        later = clock.instant();
        chat("bob", "fast", "second");
        chat("bob", "gpt-6", "third");
        cursor = read("?limit=2").path("next_cursor").asText();
        chat("alice", "gpt-4o", "fourth");
    }

    @AfterAll
    void stopGateway() {
        gateway.close();
        east.close();
        west.close();
    }

    private void chat(String client, String model, String id) {
        gateway.chat(model, "Authorization", "Bearer key-of-" + client, "x-request-id", id, "user-agent", "test/1", "x-session-id", "s-" + id);
        Eventually.holds("a record of " + id, () -> gateway.get("/admin/requests").body().contains('"' + id + '"'));
    }

    @Test
    void shouldShowARequestWithItsWayAndWithoutContent() throws IOException {
        JsonNode list = read("?client=alice&limit=100");
        JsonNode first = list.at("/data/1");

        assertThat(list.path("object").asText()).isEqualTo("list");
        assertThat(list.path("next_cursor").isNull()).isTrue();
        assertThat(first.path("request_id").asText()).isEqualTo("first");
        assertThat(first.path("user_agent").asText()).isEqualTo("test/1");
        assertThat(first.path("session").asText()).isEqualTo("s-first");
        assertThat(first.path("rule").asText()).isEqualTo("routing/routing-policy");
        assertThat(first.has("trace_id")).isTrue();
        assertThat(first.path("attempts").asInt()).isEqualTo(2);
        assertThat(first.at("/tried/0").toString()).matches("\\{\"instance\":\"east\",\"model\":null,\"status\":500,\"result\":\"server_error\",\"reason\":\".+\",\"ms\":\\d+}");
        assertThat(first.at("/tried/1/instance").asText()).isEqualTo("west");
        assertThat(list.toString()).doesNotContain("Hello!", "key-of-");
    }

    @Test
    void shouldNameTheModelOfAnAttemptThatDiffers() throws IOException {
        JsonNode second = read("?model=fast").at("/data/0");

        assertThat(second.path("served_model").asText()).isEqualTo("gpt-4o-mini");
        assertThat(second.at("/tried/0/model").asText()).isEqualTo("gpt-4o-mini");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "''                           | fourth third second first",
        "?client=&model=&limit=       | fourth third second first",
        "?client=bob                  | third second",
        "?model=gpt-4o                | fourth first",
        "?instance=west               | first",
        "?status=404                  | third",
        "?status=4xx                  | third",
        "?status=2XX&client=alice     | fourth first",
        "?status=503                  | ''",
        "?limit=1                     | fourth",
        "?client=bob&model=gpt-4o     | ''"})
    void shouldFilter(String query, String ids) throws IOException {
        assertThat(String.join(" ", ids(read(query)))).isEqualTo(ids);
    }

    @Test
    void shouldListOnlyLaterRequests() throws IOException {
        assertThat(ids(read("?since=" + later))).containsExactly("fourth", "third", "second");
        assertThat(ids(read("?since=" + later.getEpochSecond()))).hasSize(3);
        assertThat(ids(read("?since=" + later.plusSeconds(1).toString().replace("Z", "+00:00")))).isEmpty();
    }

    @Test
    void shouldContinueWithACursor() throws IOException {
        JsonNode page = read("?limit=2&client=alice");
        assertThat(page.path("next_cursor").isNull()).as("no more of this client").isTrue();

        page = read("?limit=3");
        JsonNode rest = read("?limit=3&cursor=" + page.path("next_cursor").asText());

        assertThat(ids(page)).hasSize(3);
        assertThat(ids(rest)).containsExactly("first");
        assertThat(rest.path("next_cursor").isNull()).isTrue();
        assertThat(ids(read("?cursor=" + cursor))).as("after the third and the second, though a fourth came meanwhile").containsExactly("first");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "?clinet=bob         | clinet   | did you mean 'client'?",
        "?client=bobb        | client   | client must be a name of the settings or of a recent request, not 'bobb'; known are alice, bob; did you mean 'bob'?",
        "?model=gpt4o        | model    | did you mean 'gpt-4o'?",
        "?instance=wets      | instance | did you mean 'west'?",
        "?status=2000        | status   | such as 429, or a class of them such as 5xx.",
        "?status=ok          | status   | such as 5xx.",
        "?since=yesterday    | since    | 2026-01-31T08:00:00Z, or seconds since 1970.",
        "?limit=0            | limit    | from 1 to 1000.",
        "?limit=many         | limit    | a whole number",
        "?cursor=x           | cursor   | next_cursor",
        "?cursor=17.a        | cursor   | next_cursor",
        "?cursor=-5          | cursor   | next_cursor",
        "?client=bob&client=alice | client | must be given once."})
    void shouldRefuseAWrongParameter(String query, String parameter, String message) throws IOException {
        HttpResponse<String> response = gateway.get("/admin/requests" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = JSON.readTree(response.body()).path("error");
        assertThat(error.path("param").asText()).isEqualTo(parameter);
        assertThat(error.path("message").asText()).contains(message);
    }

    private JsonNode read(String query) throws IOException {
        return JSON.readTree(gateway.get("/admin/requests" + query).body());
    }

    private static List<String> ids(JsonNode list) {
        return StreamSupport.stream(list.path("data").spliterator(), false).map(request -> request.path("request_id").asText()).toList();
    }
}
