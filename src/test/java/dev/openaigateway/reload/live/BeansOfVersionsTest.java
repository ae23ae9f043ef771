package dev.openaigateway.reload.live;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;

/** The {@code destroyMethod} of beans that belong to one version of the rules, and the lines of steps that are written in braces. */
@GatewayTest
class BeansOfVersionsTest {

    private static final List<String> CLOSED = new CopyOnWriteArrayList<>();
    private static final String RULES = """
            - beans:
                - name: held
                  type: %s
                  destroyMethod: close
                  properties: { name: NAME }
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
                    - choice:
                        when:
                          - { simple: "${header.x-team} == 'a'", steps: [
                              { to: { uri: "instance:east" } } ] }
                    - to: { uri: "instance:*" }
            """.formatted(Held.class.getName());

    /** Public, so that Camel can make it. */
    public static final class Held {

        private String name;

        public void setName(String name) {
            if (name.equals("broken")) {
                throw new IllegalArgumentException("broken");
            }
            this.name = name;
        }

        public void close() {
            CLOSED.add(name);
        }
    }

    @Test
    void shouldDestroyABeanOnceWhenItsVersionIsNoLongerUsed() {
        TestClock clock = new TestClock();
        GatewayFolder folder = GatewayFolder.copy().rules(RULES.replace("NAME", "first"));
        try (TestGateway gateway = TestGateway.builder().clock(clock).folder(folder.path()).settings("admin: { watch_files: false }\ninstances:\n"
                + "  - { name: east, provider_type: generic, api_key: k, api_base: \"http://127.0.0.1:9\" }\n").start()) {
            assertThat(gateway.get("/admin/route?model=m").body()).contains("\"at\":\"routing.camel.yaml:15\"");
            assertThat(gateway.get("/admin/route?model=m&header.x-team=a").body()).contains("\"at\":\"routing.camel.yaml:14\"", "(line 13)");

            folder.rules(RULES.replace("NAME", "refused").replace("instance:east", "log:a?exchangeFormatter=#nosuch"));
            assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(400);
            assertThat(CLOSED).containsExactly("refused");
            assertThat(gateway.post("/config/validate", RULES.replace("name: NAME", "name: broken")).body()).contains("request:2:13", "cannot be made: broken");

            folder.rules(RULES.replace("NAME", "second"));
            assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
            assertThat(CLOSED).containsExactly("refused");
            clock.advance(Duration.ofMinutes(2));
            assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
            assertThat(CLOSED).containsExactly("refused", "first");
        }
        assertThat(CLOSED).containsExactly("refused", "first", "second");
    }
}
