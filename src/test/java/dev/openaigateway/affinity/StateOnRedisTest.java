package dev.openaigateway.affinity;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** What one gateway has learnt, another one knows, and the same one after a restart, if they share a Redis. */
@GatewayTest
@ProcessTest
class StateOnRedisTest {

    private static final String HI = "{\"model\":\"gpt-5\",\"input\":\"Hi\",\"include\":[\"reasoning.encrypted_content\"]}";

    @Test
    void shouldShareOwnersWithOtherGatewaysAndOutliveARestart() {
        try (RedisProcess redis = RedisProcess.started();
             TwoResources resources = new TwoResources(settings(redis));
             TestGateway other = resources.start(settings(redis))) {
            String mark = TwoResources.mark(resources.gateway.post("/v1/responses", HI, "api-key", "key-a"));

            Eventually.holds("the other gateway knows the owner", () -> goesHome(other, mark));
            assertHidden(other, mark);
            resources.restart(settings(redis));
            Eventually.holds("the restarted gateway knows the owner", () -> goesHome(resources.gateway, mark));
            assertHidden(resources.gateway, mark);
        }
    }

    @Test
    void shouldKeepTheFirstOwnerWhenAnotherGatewayLearnsOfTheId() {
        try (RedisProcess redis = RedisProcess.started(); ScriptedUpstream upstream = ScriptedUpstream.start();
             TestGateway gateway = before(upstream, redis); TestGateway other = before(upstream, redis)) {
            upstream.respond(Reply.json(200, "{\"id\":\"resp_a\",\"object\":\"response\",\"output\":[{\"id\":\"msg_a\",\"type\":\"message\"}]}"));
            gateway.post("/v1/responses", HI, "api-key", "key-a");
            try (TestGateway third = before(upstream, redis)) {
                Eventually.holds("Redis has the owner", () -> refer(third, "key-b") == 404);
            }
            upstream.respond(Reply.json(200, "{\"object\":\"list\",\"data\":[{\"id\":\"msg_a\",\"type\":\"message\"}],\"has_more\":false}"));

            other.get("/v1/responses/resp_b/input_items", "api-key", "key-b");

            upstream.respond(Reply.json(200, "{\"id\":\"resp_c\",\"object\":\"response\",\"output\":[]}"));
            Eventually.holds("the other gateway knows the owner", () -> refer(other, "key-b") == 404 && refer(other, "key-a") == 200);
            assertThat(refer(gateway, "key-a")).isEqualTo(200);
        }
    }

    private static int refer(TestGateway gateway, String key) {
        return gateway.post("/v1/responses", "{\"model\":\"gpt-5\",\"input\":[{\"type\":\"item_reference\",\"id\":\"msg_a\"}]}", "api-key", key).statusCode();
    }

    private static TestGateway before(ScriptedUpstream upstream, RedisProcess redis) {
        return TestGateway.start(settings(redis) + """

                instances:
                  - { name: only, provider_type: generic, api_key: k, api_base: "%s" }
                """.formatted(upstream.uri()));
    }

    /** Twice, since the instances take turns otherwise. */
    private static boolean goesHome(TestGateway gateway, String mark) {
        boolean home = true;
        for (String body : new String[] {"\"previous_response_id\":\"resp_" + mark + "\",\"input\":\"And?\"",
            "\"input\":[{\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"gAAA-" + mark + "\"}]"}) {
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> next = gateway.post("/v1/responses", "{\"model\":\"gpt-5\"," + body + "}", "api-key", "key-a");
                home &= next.statusCode() == 200 && next.headers().firstValue("x-gateway-attempts").orElse("").equals("1")
                        && TwoResources.instance(next).equals(mark.replaceAll("-.*", ""));
            }
        }
        return home;
    }

    private static void assertHidden(TestGateway gateway, String mark) {
        assertThat(gateway.get("/v1/responses/resp_" + mark, "api-key", "key-b").statusCode()).isEqualTo(404);
    }

    private static String settings(RedisProcess redis) {
        return "clients: { keys: [{ name: alice, key: key-a }, { name: bob, key: key-b }] }\nrate_limit: { redis_url: \"" + redis.url() + "\" }";
    }
}
