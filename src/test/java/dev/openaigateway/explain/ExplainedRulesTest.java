package dev.openaigateway.explain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.GatewayTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static dev.openaigateway.explain.Cases.texts;
import static org.assertj.core.api.Assertions.assertThat;

/** The way that a dry run takes through rules of every kind. None has an effect outside. */
@GatewayTest
class ExplainedRulesTest {

    private static Cases cases;

    @BeforeAll
    static void start() {
        cases = new Cases();
    }

    @AfterAll
    static void stop() {
        cases.close();
    }

    @AfterEach
    void shouldHaveNoEffect() {
        assertThat(cases.effects()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "plain           | null       | east",
        "any             | failover   | east west",
        "dynamic         | null       | west",
        "outside         | failover   | east west",
        "outside-dynamic | failover   | east west",
        "enrich          | failover   | east west",
        "enrich-direct   | failover   | east west",
        "poll-enrich     | failover   | east west",
        "helper          | roundRobin | east west",
        "recipients      | null       | east",
        "slip            | roundRobin | east west",
        "multicast       | null       | east",
        "tap             | null       | east",
        "try             | null       | west",
        "loop            | null       | east",
        "side-effects    | null       | east",
        "failover        | null       | west east",
        "rotating        | null       | west east",
        "policy          | weighted   | west east",
        "breaker         | null       | east",
        "split           | null       | east"})
    void shouldReachTheCandidatesByTheRealPolicy(String name, String policy, String candidates) {
        JsonNode route = cases.explain(name);

        assertThat(route.at("/policy").asText()).isEqualTo(policy);
        assertThat(texts(route.at("/candidates"), "instance")).containsExactly(candidates.split(" "));
        assertThat(route.at("/answer").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "outside         |                 |",
        "outside-dynamic | /anonymous      |",
        "enrich          | /check          |",
        "enrich-direct   | /ask            |",
        "recipients      | /a /ask         | west",
        "slip            | /a              |",
        "multicast       | /m              | west",
        "tap             | /tap /ask       | west",
        "breaker         | /breaker        |",
        "split           | /part /part     |"})
    void shouldListCallsAndMirrors(String name, String paths, String mirror) {
        JsonNode route = cases.explain(name);

        String[] expected = paths == null ? new String[] {""} : paths.split(" ");
        for (int i = 0; i < expected.length; i++) {
            expected[i] = cases.quota.uri() + expected[i];
        }
        assertThat(texts(route.at("/calls"), "uri")).containsExactlyInAnyOrder(expected);
        assertThat(route.at("/mirrors").findValuesAsText("instance")).isEqualTo(mirror == null ? List.of() : List.of(mirror));
    }

    @Test
    void shouldNameTheRouteTheBranchAndTheLineOfEachStep() {
        JsonNode steps = cases.explain("helper").at("/steps");

        assertThat(texts(steps, "step")).containsExactly("choice", "to", "loadBalance");
        assertThat(texts(steps, "route")).containsExactly("routing", "routing", "helper");
        assertThat(texts(steps, "id")).containsExactly("cases", null, "helped");
        assertThat(texts(steps, "detail")).containsExactly(null, "direct:helper", "roundRobin");
        assertThat(steps.at("/0/at").asText()).isEqualTo(cases.line("- choice:"));
        assertThat(steps.at("/1/branch").asText()).startsWith("when ${header.x-case} == 'helper' (line ");
    }

    @Test
    void shouldSayWhichBranchDidNotApply() {
        JsonNode outside = cases.explain("outside");

        assertThat(outside.at("/steps/2/step").asText()).isEqualTo("filter");
        assertThat(outside.at("/steps/2/notes/0").asText()).isEqualTo("no step in it applies");
        assertThat(cases.explain("none-of-them").at("/steps/1/branch").asText()).startsWith("otherwise (line ");
    }

    @Test
    void shouldSayThatTheRestDependsOnAnAnswer() {
        JsonNode route = cases.explain("outside");

        assertThat(route.at("/steps/1/notes/0").asText()).isEqualTo("was not called; what follows depends on its response, and the body is empty here");
        assertThat(route.at("/notes/0").asText()).contains("depends on the response of " + cases.quota.uri());
        assertThat(route.toString()).doesNotContain("token=se");
        assertThat(cases.explain("tap").at("/notes")).isEmpty();
    }

    @Test
    void shouldShowWhatEachStepChanges() {
        JsonNode steps = cases.explain("changes").at("/steps");

        assertThat(steps.at("/1/changes")).isEqualTo(Cases.tree("{\"model\": {\"from\": \"gpt-4o\", \"to\": \"gpt-4o-mini\"}}"));
        assertThat(steps.at("/2/changes")).isEqualTo(Cases.tree("{\"header.x-team\": {\"from\": null, \"to\": \"research\"}}"));
        assertThat(steps.at("/4/changes")).isEqualTo(Cases.tree("{\"header.x-old\": {\"from\": \"1\", \"to\": null}}"));
        assertThat(steps.at("/5/changes")).isEqualTo(Cases.tree("""
                {"body.model": {"from": "gpt-4o", "to": "gpt-4o-mini"}, "body.max_tokens": {"from": 9, "to": 5}}"""));
    }

    @Test
    void shouldHideSecrets() {
        JsonNode route = cases.explain("changes");

        assertThat(route.at("/steps/3/changes/header.api-key/to").asText()).isEqualTo("***");
        assertThat(route.toString()).doesNotContain("sk-very-secret");
    }

    @Test
    void shouldShowPlaceholdersInPlaceOfTheirValues() {
        JsonNode route = cases.explain("setting");

        assertThat(texts(route.at("/calls"), "uri")).containsExactly("{{quota.address}}", "{{quota.address}}/tod/setting", "{{quota.address}}/tap",
                "{{quota.address}}/enrich");
        assertThat(route.findPath("quotaAuth").path("to").asText()).isEqualTo("{{quota.address}}");
        assertThat(route.toString()).doesNotContain("secret-path");
        assertThat(route.at("/candidates")).isNotEmpty();
    }

    @Test
    void shouldShowTheAnswerOfTheRule() {
        assertThat(cases.explain("answer").at("/answer")).isEqualTo(Cases.tree("""
                {"status": 403, "content_type": "application/json", "body": {"error": {"message": "not for you"}}}"""));
    }

    @Test
    void shouldShowTheErrorIfARuleNeitherAnswersNorCallsAnInstance() {
        assertThat(cases.explain("nothing").at("/answer/status").asInt()).isEqualTo(500);
        assertThat(cases.explain("nothing").at("/answer/body/error/code").asText()).isEqualTo("rule_error");
    }

    @Test
    void shouldShowARefusalAndChangesOfTheRequest() {
        JsonNode refused = cases.explain("reject");
        JsonNode capped = cases.explain("cap");

        assertThat(refused.at("/answer/status").asInt()).isEqualTo(429);
        assertThat(refused.at("/answer/body/error/message").asText()).isEqualTo("too many");
        assertThat(refused.at("/steps/1/detail").asText()).isEqualTo("reject:429");
        assertThat(capped.at("/steps/1/changes")).isEqualTo(Cases.tree("{\"body.max_tokens\": {\"from\": 9, \"to\": 5}}"));
        assertThat(capped.at("/candidates/0/instance").asText()).isEqualTo("east");
    }

    @Test
    void shouldShowTheErrorOfTheRule() {
        JsonNode route = cases.explain("broken");

        assertThat(route.at("/answer/status").asInt()).isEqualTo(500);
        assertThat(route.at("/steps/1/notes/0").asText()).isEqualTo("fails: a rule that fails");
    }

    @Test
    void shouldNotRunBeansNorWaitNorCount() {
        JsonNode steps = cases.explain("side-effects").at("/steps");

        assertThat(texts(steps, "step")).containsExactly(
                "choice", "process", "bean", "to", "script", "delay", "throttle", "log", "to", "to");
        assertThat(steps.at("/1/notes/0").asText()).startsWith("was not run");
        assertThat(cases.explain("side-effects").at("/candidates/0/instance").asText()).isEqualTo("east");
    }

    @Test
    void shouldSayHowCamelsBalancersPick() {
        JsonNode failover = cases.explain("failover").at("/candidates");
        JsonNode rotating = cases.explain("rotating").at("/candidates");

        assertThat(failover.at("/1/why").asText()).startsWith("called if the steps before it fail");
        assertThat(texts(rotating, "why")).containsOnly("called if the block picks its step");
    }
}
