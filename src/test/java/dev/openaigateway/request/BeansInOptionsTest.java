package dev.openaigateway.request;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Options of {@code request:} and {@code reject:} that call a bean of their own file, at a start and after a reload. */
@GatewayTest
class BeansInOptionsTest {

    private static final String BEAN = """
            - beans:
                - name: limit
                  type: java.util.concurrent.atomic.AtomicInteger
                  constructors: { "0": %d }
            """;
    private static final String SEND = "- to: { uri: \"instance:east\" }\n";

    private final GatewayFolder folder = GatewayFolder.copy();

    private TestGateway start(ScriptedUpstream upstream) {
        return TestGateway.builder().folder(folder.path()).settings("""
                admin: { watch_files: false }
                instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s" } ]
                """.formatted(upstream.uri())).start();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "- to: { uri: \"request:header\", parameters: { name: x-limit, value: \"at most ${bean:limit?method=get}\" } }\n",
            "- to: { uri: \"request:header\", parameters: { name: x-limit, value: \"at most ${bean:limit.get}\" } }\n",
            "- to: { uri: \"request:header?name=x-limit&value=at most ${bean:limit.get}\" }\n",
            "- toD: { uri: \"request:header?name=x-limit&value=at most ${bean:limit.get}\" }\n",
            "- to: { uri: \"request:set?user=at most ${bean:limit.get}\" }\n",
            "- to: { uri: \"reject:429?message=at most ${bean:limit.get}\" }\n"
    })
    void shouldCallABeanOfTheFile(String step) {
        folder.rules(BEAN.formatted(1) + OneRoute.of(step + SEND));
        try (ScriptedUpstream upstream = ScriptedUpstream.start(); TestGateway gateway = start(upstream)) {
            assertThat(seen(gateway, upstream)).contains("at most 1");

            folder.rules(BEAN.formatted(2) + OneRoute.of(step + SEND));
            assertThat(gateway.post("/config/reload", "").body()).contains("new rules");
            assertThat(seen(gateway, upstream)).contains("at most 2");
        }
    }

    /** The answer, and what the upstream has got. */
    private static String seen(TestGateway gateway, ScriptedUpstream upstream) {
        String answer = gateway.chat("gpt-4o").body();
        return upstream.requests().isEmpty() ? answer : answer + upstream.requests().get(upstream.requests().size() - 1).headers()
                + upstream.requests().get(upstream.requests().size() - 1).text();
    }

    @Test
    void shouldStillRefuseOtherOptions() {
        folder.rules(OneRoute.of(SEND));
        try (ScriptedUpstream upstream = ScriptedUpstream.start(); TestGateway gateway = start(upstream)) {
            assertThat(gateway.post("/config/validate", BEAN.formatted(1)
                    + OneRoute.of("- to: { uri: \"reject:429\", parameters: { message: \"${bean:limit.get}\", retryAfter: soon } }\n" + SEND)).body())
                    .contains("request:11", "retryAfter");
            assertThat(gateway.post("/config/validate", OneRoute.of("- to: { uri: \"request:header?name=a&value=${bean:limit.get}\" }\n" + SEND)).body())
                    .contains("names bean \\\"limit\\\" which does not exist");
        }
    }
}
