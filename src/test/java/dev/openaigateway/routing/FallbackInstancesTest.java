package dev.openaigateway.routing;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.RefusalText;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;

import static dev.openaigateway.routing.FallbackGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a fallback needs of instances: deployments, limits and windows. {@code azure} has both models as deployments;
 * {@code tiny} and {@code local} serve fallbacks, of which {@code tiny} has a window of 20 tokens.
 */
@GatewayTest
class FallbackInstancesTest {

    private static final ScriptedUpstream azure = ScriptedUpstream.start();
    private static final ScriptedUpstream tiny = ScriptedUpstream.start();
    private static final ScriptedUpstream local = ScriptedUpstream.start();
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = TestGateway.builder().clock(new TestClock()).folder(GatewayFolder.copy().rules(OneRoute.of("""
                - choice:
                    when:
                      - expression: { simple: { expression: "${header.x-rule} == 'local'" } }
                        steps:
                          - loadBalance:
                              customLoadBalancer: { ref: failover }
                              steps:
                                - to: { uri: "instance:azure" }
                                - to: { uri: "instance:*", parameters: { model: llama, when: any } }
                      - expression: { simple: { expression: "${header.x-rule} == 'same'" } }
                        steps:
                          - loadBalance:
                              customLoadBalancer: { ref: failover }
                              steps:
                                - to: { uri: "instance:tiny" }
                                - to: { uri: "instance:local", parameters: { when: context_length } }
                      - expression: { simple: { expression: "${header.x-rule} == 'plain'" } }
                        steps:
                          - to: { uri: "instance:azure", parameters: { model: gpt-4o-mini } }
                      - expression: { simple: { expression: "${header.x-rule} == 'chain'" } }
                        steps:
                          - loadBalance:
                              customLoadBalancer: { ref: failover }
                              steps:
                                - to: { uri: "instance:azure" }
                                - to: { uri: "instance:local", parameters: { model: llama, when: context_length } }
                                - to: { uri: "instance:azure", parameters: { model: cheap, when: error } }
                    otherwise:
                      steps:
                        - loadBalance:
                            customLoadBalancer: { ref: failover }
                            steps:
                              - to: { uri: "instance:azure" }
                              - to: { uri: "instance:azure", parameters: { model: gpt-4o-mini, when: any } }
                """)).path()).settings("""
                rate_limit: { default_max_tokens: 100 }
                models: [{ name: cheap, target: gpt-4o-mini }]
                instances:
                  - { name: azure, api_base: "%s", api_key: k, model_deployments: { gpt-4o: big, gpt-4o-mini: small }, max_tpm: 100000 }
                  - { name: tiny, provider_type: generic, api_base: "%s", supported_models: [llama], max_input_tokens: 20, priority: 1 }
                  - { name: local, provider_type: generic, api_base: "%s", supported_models: [llama], priority: 2 }
                """.formatted(azure.uri(), tiny.uri(), local.uri())).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        Stream.of(azure, tiny, local).forEach(ScriptedUpstream::close);
    }

    @BeforeEach
    void reset() {
        Stream.of("azure", "tiny", "local").forEach(name -> gateway.post("/admin/instances/" + name + "/reset", "{}"));
        azure.respond(Reply.chat("azure"));
    }

    @Test
    void shouldUseTheDeploymentOfTheOtherModel() {
        azure.respond(request -> isBig(request) ? Reply.json(400, RefusalText.AZURE_FILTER.body) : Reply.chat("small"));

        HttpResponse<String> response = gateway.chat("gpt-4o");

        assertThat(response.body()).contains("small");
        assertThat(header(response, "x-gateway-model")).isEqualTo("gpt-4o-mini");
        assertThat(last(azure).path()).isEqualTo("/openai/deployments/small/chat/completions");
        assertThat(last(azure).text()).doesNotContain("model");
    }

    @Test
    void shouldAskTheSameInstanceForTheOtherModelWhileTheFirstIsBenched() {
        azure.respond(request -> isBig(request) ? Reply.rateLimited("retry-after", "30") : Reply.chat("small"));

        assertThat(gateway.chat("gpt-4o").body()).contains("small");
        HttpResponse<String> second = gateway.chat("gpt-4o");

        assertThat(second.body()).contains("small");
        assertThat(header(second, "x-gateway-attempts")).isEqualTo("1");
        assertThat(gateway.get("/admin/route?model=gpt-4o").body()).contains("benched for another 30000 ms", "\"model\":\"gpt-4o-mini\",\"position\":1");
    }

    @Test
    void shouldBenchTheInstanceForBothModelsWhenBothAreLimited() {
        azure.respond(Reply.rateLimited("retry-after", "30"));
        gateway.chat("gpt-4o");
        int before = azure.requests().size();

        HttpResponse<String> response = gateway.chat("gpt-4o");

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(header(response, "retry-after")).isEqualTo("30");
        assertThat(azure.requests()).hasSize(before);
    }

    @Test
    void shouldFallBackWhenTheInstanceHasNoRoom() {
        HttpResponse<String> response = chat("local", "gpt-4o", "Hello!", ",\"max_tokens\":99999");

        assertThat(header(response, "x-gateway-model")).isEqualTo("llama");
        assertThat(header(response, "x-gateway-instance")).isEqualTo("tiny");
    }

    @Test
    void shouldSkipCandidatesWhoseWindowIsTooSmall() {
        azure.respond(Reply.json(400, RefusalText.AZURE_LENGTH.body));
        int before = tiny.requests().size();

        HttpResponse<String> response = chat("local", "gpt-4o", "word ".repeat(50), "");

        assertThat(header(response, "x-gateway-instance")).isEqualTo("local");
        assertThat(tiny.requests()).hasSize(before);
    }

    @Test
    void shouldFallBackWhenTheGatewayKnowsThatThePromptIsTooLong() {
        HttpResponse<String> response = chat("same", "llama", "word ".repeat(50), "");

        assertThat(header(response, "x-gateway-instance")).isEqualTo("local");
        assertThat(header(response, "x-gateway-attempts")).isEqualTo("1");
        assertThat(header(response, "x-gateway-model")).as("the model is the requested one").isEqualTo("none");
        assertThat(header(chat("same", "llama", "Hi", ""), "x-gateway-instance")).isEqualTo("tiny");
    }

    @Test
    void shouldOnlyReplaceTheModelOutsideALoadBalancer() {
        HttpResponse<String> response = chat("plain", "gpt-4o", "Hi", "");

        assertThat(last(azure).path()).contains("/small/");
        assertThat(header(response, "x-gateway-model")).isEqualTo("gpt-4o-mini");
    }

    @Test
    void shouldLookAtTheFailuresOfAllModelsBefore() {
        azure.respond(request -> isBig(request) ? Reply.json(400, RefusalText.AZURE_LENGTH.body) : Reply.chat("small"));
        local.enqueue(Reply.error(500, "boom", "boom"));

        HttpResponse<String> response = chat("chain", "gpt-4o", "Hi", "");

        assertThat(response.body()).contains("small");
        assertThat(header(response, "x-gateway-attempts")).isEqualTo("3");
        assertThat(header(response, "x-gateway-model")).as("the target of the alias").isEqualTo("gpt-4o-mini");
    }

    private static HttpResponse<String> chat(String rule, String model, String content, String more) {
        return gateway.post("/v1/chat/completions", "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + content + "\"}]" + more + "}", "x-rule", rule);
    }

    private static boolean isBig(RecordedRequest request) {
        return request.path().contains("/big/");
    }

    private static RecordedRequest last(ScriptedUpstream upstream) {
        List<RecordedRequest> requests = upstream.requests();
        return requests.get(requests.size() - 1);
    }
}
