package dev.openaigateway.examples;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The examples whose rules choose instances. */
@GatewayTest
class ChoosingExamplesTest {

    private static final Cookbook BOOK = new Cookbook(List.of(), "EAST", "WEST", "OTHERS", "RESEARCH", "NEXT", "CHEAP", "LARGE", "LAB", "PRIVATE");

    @AfterAll
    static void stop() {
        BOOK.close();
    }

    @Test
    void modelPrefixShouldShareOneFamilyAndFailOver() {
        BOOK.use("model-prefix");

        assertThat(Collections.frequency(BOOK.servedBy(20, "gpt-4o"), "azure-east")).isEqualTo(16);
        assertThat(BOOK.servedBy("gpt-4o-mini")).startsWith("azure-");
        assertThat(BOOK.servedBy("o1")).isEqualTo("others");
        JsonNode explained = BOOK.explain("model=gpt-4o");
        assertThat(explained.path("rule").asText()).isEqualTo("routing/pair");
        assertThat(Cookbook.order(explained)).containsExactlyInAnyOrder("azure-east", "azure-west");
        assertThat(explained.path("candidates").toString()).contains("weight 80 of 100", "weight 20 of 100");

        BOOK.upstream("EAST").respond(Reply.error(500, "boom", "boom"));
        assertThat(BOOK.servedBy(4, "gpt-4o")).containsOnly("azure-west");
        assertThat(BOOK.refused("ref: weighted", "ref: wieghted")).contains("did you mean \"weighted\"");
    }

    @Test
    void teamInstanceShouldGoFirstForItsTeamOnly() {
        BOOK.use("team-instance");

        assertThat(BOOK.servedBy(3, "gpt-4o", "x-team", "research")).containsOnly("azure-research");
        assertThat(BOOK.servedBy(6, "gpt-4o")).doesNotContain("azure-research");
        assertThat(BOOK.servedBy(6, "gpt-4o", "x-team", "sales")).doesNotContain("azure-research");
        assertThat(Cookbook.order(BOOK.explain("model=gpt-4o&header.x-team=research"))).containsExactly("azure-research", "azure-east", "azure-west");
        assertThat(Cookbook.order(BOOK.explain("model=gpt-4o"))).containsExactly("azure-east", "azure-west");

        BOOK.upstream("RESEARCH").respond(Reply.error(503, "boom", "boom"));
        assertThat(BOOK.servedBy("gpt-4o", "x-team", "research")).isEqualTo("azure-east");
        assertThat(BOOK.refused("uri: instance:azure-research", "uri: instance:azure-reserach")).contains("did you mean \"azure-research\"");
    }

    @Test
    void canaryShouldGetItsShareOfItsModel() {
        BOOK.use("canary");

        assertThat(Collections.frequency(BOOK.servedBy(100, "gpt-4o"), "azure-next")).isEqualTo(5);
        assertThat(BOOK.servedBy(40, "o1")).doesNotContain("azure-next");
        JsonNode explained = BOOK.explain("model=gpt-4o");
        assertThat(explained.path("policy").asText()).isEqualTo("weightedLoadBalancer");
        assertThat(Cookbook.order(explained)).containsExactlyInAnyOrder("azure-east", "azure-west", "azure-next");
        assertThat(explained.path("candidates").toString()).contains("group: weight 5 of 100", "group: weight 95 of 100");

        BOOK.upstream("NEXT").respond(Reply.error(500, "boom", "boom"));
        assertThat(BOOK.servedBy(40, "gpt-4o")).allMatch(List.of("azure-east", "azure-west")::contains);
        assertThat(BOOK.refused("tag: canary", "tag: canarry")).contains("did you mean \"canary\"");
    }

    @Test
    void mirrorShouldGetACopyThatTheClientDoesNotSee() {
        BOOK.use("mirror");
        BOOK.upstream("NEXT").respond(Reply.error(500, "boom", "boom"));
        int before = BOOK.upstream("NEXT").requests().size();

        assertThat(BOOK.servedBy("gpt-4o")).isEqualTo("azure-east");
        assertThat(BOOK.upstream("NEXT").awaitRequests(before + 1).get(before).text()).contains("Hello!");
        JsonNode explained = BOOK.explain("model=gpt-4o");
        assertThat(explained.path("mirrors").toString()).contains("azure-next");
        assertThat(Cookbook.order(explained)).containsExactly("azure-east", "azure-west");
        assertThat(BOOK.refused("wireTap:", "wiretap:")).contains("did you mean \"wireTap\"");
    }

    /** Hours are put into the rule that make it night, or day, at the hour of the test and the next one. */
    @Test
    void nightShouldBeAsTheRuleSays() {
        BOOK.use("night");
        String day = "'6..21'";
        int hour = ZonedDateTime.now(ZoneId.of("Europe/Berlin")).getHour();

        BOOK.useWith(day, "'" + (hour + 12) % 24 + ".." + (hour + 12) % 24 + "'");
        assertThat(BOOK.servedBy(3, "gpt-4o")).containsOnly("cheap");
        assertThat(Cookbook.order(BOOK.explain("model=gpt-4o"))).containsExactly("cheap", "azure-east", "azure-west");
        BOOK.upstream("CHEAP").respond(Reply.error(500, "boom", "boom"));
        assertThat(BOOK.servedBy("gpt-4o")).isEqualTo("azure-east");

        BOOK.useWith(day, "'0..23'");
        JsonNode explained = BOOK.explain("model=gpt-4o");
        assertThat(Cookbook.order(explained)).containsExactly("azure-east", "azure-west");
        assertThat(explained.path("rule").asText()).isEqualTo("routing/all-but-cheap");

        assertThat(BOOK.refused("!range", "!rnage")).contains("did you mean \"!range\"");
    }

    @Test
    void longPromptsShouldGoToALongContext() {
        BOOK.use("long-prompts");
        String body = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "one two three ".repeat(3_000) + "\"}]}";

        assertThat(Cookbook.instance(BOOK.gateway().post("/v1/chat/completions", body))).isEqualTo("large");
        assertThat(BOOK.servedBy(4, "gpt-4o")).doesNotContain("large");
        assertThat(Cookbook.order(Cookbook.tree(BOOK.gateway().post("/admin/route", body).body()))).containsExactly("large");
        assertThat(Cookbook.order(BOOK.explain("model=gpt-4o"))).containsExactly("azure-east", "azure-west");
        assertThat(BOOK.refused("exchangeProperty.prompt_tokens", "exchangeProperty.prompt_token")).contains("did you mean \"prompt_tokens\"");
    }

    @Test
    void tagsShouldExcludeInstances() {
        BOOK.use("tags");

        assertThat(Cookbook.order(BOOK.explain("model=gpt-4o"))).containsExactly("azure-east", "azure-west");
        BOOK.upstream("EAST").respond(Reply.error(500, "boom", "boom"));
        assertThat(BOOK.servedBy("gpt-4o")).isEqualTo("azure-west");
        BOOK.upstream("WEST").respond(Reply.error(500, "boom", "boom"));
        assertThat(BOOK.gateway().chat("gpt-4o").statusCode()).isEqualTo(500);
        assertThat(BOOK.refused("canary,research", "canary,reserach")).contains("did you mean \"research\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"This is CONFIDENTIAL.\"}]}",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"confidential\"}]}]}",
        "{\"model\":\"m\",\"input\":\"confidential\"}", "{\"model\":\"m\",\"input\":[\"open\",\"confidential\"]}"})
    void confidentialContentShouldStayInside(String body) {
        BOOK.use("private-content");
        String operation = body.contains("input") ? "embeddings" : "chat/completions";
        BOOK.upstream("PRIVATE").enqueue(body.contains("input") ? Reply.embedding(0.5) : Reply.chat("Hi"));

        assertThat(Cookbook.instance(BOOK.gateway().post("/v1/" + operation, body))).isEqualTo("on-premises");
        JsonNode explained = Cookbook.tree(BOOK.gateway().post("/admin/route?operation=" + operation, body).body());
        assertThat(Cookbook.order(explained)).containsExactly("on-premises");
        assertThat(explained.path("rule").asText()).isEqualTo("routing/private");
    }

    @Test
    void otherContentShouldGoOutside() {
        BOOK.use("private-content");

        assertThat(BOOK.servedBy("gpt-4o")).isEqualTo("azure-east");
        assertThat(BOOK.gateway().get("/v1/responses/resp_1").statusCode()).as("a request without a body").isLessThan(500);
        assertThat(BOOK.refused("strings |", "strngs |")).contains("did you mean \"strings\"");
    }
}
