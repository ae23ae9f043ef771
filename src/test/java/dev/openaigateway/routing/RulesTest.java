package dev.openaigateway.routing;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@GatewayTest
class RulesTest {

    @TempDir
    private Path folder;

    @Test
    void shouldShareOutByTheWeightsOfTheRule() throws IOException {
        try (Upstreams upstreams = routed("""
                - choice:
                    when:
                      - expression: { simple: { expression: "${exchangeProperty.model} startsWith 'gpt-4o'" } }
                        steps:
                          - loadBalance:
                              customLoadBalancer: { ref: weighted }
                              steps:
                                - to: { uri: "instance:first", parameters: { weight: 80 } }
                                - to: { uri: "instance:second", parameters: { weight: 20 } }
                    otherwise:
                      steps:
                        - to: { uri: "instance:*" }
                """)) {
            List<String> picks = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                picks.add(Upstreams.instance(upstreams.chat()));
            }

            assertThat(Collections.frequency(picks, "first")).isBetween(79, 81);
            assertThat(Collections.frequency(picks, "second")).isBetween(19, 21);
            assertThat(Upstreams.instance(upstreams.gateway.chat("o1"))).isEqualTo("third");
        }
    }

    @Test
    void shouldPinATeamByItsHeader() throws IOException {
        try (Upstreams upstreams = routed("""
                - choice:
                    when:
                      - expression: { simple: { expression: "${header.x-team} == 'research'" } }
                        steps:
                          - to: { uri: "instance:third" }
                    otherwise:
                      steps:
                        - loadBalance:
                            customLoadBalancer: { ref: configured }
                            steps:
                              - to: { uri: "instance:*" }
                """)) {
            upstreams.third.enqueue(Reply.chat("Hi"), Reply.error(500, "boom", "boom"));

            assertThat(Upstreams.instance(upstreams.gateway.chat("gpt-4o", "X-Team", "research"))).isEqualTo("third");
            assertThat(upstreams.gateway.chat("gpt-4o", "X-Team", "research").statusCode()).isEqualTo(500);
            assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("first");
            assertThat(upstreams.counts()).isEqualTo(List.of(1, 0, 2));
        }
    }

    @Test
    void shouldOverridePriorityInARule() throws IOException {
        try (Upstreams upstreams = routed("""
                - loadBalance:
                    customLoadBalancer: { ref: priority }
                    steps:
                      - to: { uri: "instance:third", parameters: { priority: 0 } }
                      - to: { uri: "instance:*" }
                """)) {
            upstreams.allRespond(Reply.error(500, "boom", "boom"));

            HttpResponse<String> response = upstreams.chat();

            assertThat(response.body()).containsSubsequence("\"third\"", "\"first\"", "\"second\"");
            assertThat(upstreams.counts()).as("an instance offered twice is asked once").isEqualTo(List.of(1, 1, 1));
        }
    }

    @Test
    void shouldMirrorWithoutRespondingToTheClient() throws IOException {
        try (Upstreams upstreams = routed("""
                - wireTap: { uri: "instance:third" }
                - to: { uri: "instance:first" }
                """)) {
            upstreams.third.respond(Reply.chat("from the mirror"));

            HttpResponse<String> response = upstreams.chat();
            List<RecordedRequest> mirrored = upstreams.third.awaitRequests(1);

            assertThat(response.body()).contains("Hello").doesNotContain("mirror");
            assertThat(response.headers().firstValue("x-gateway-attempts")).hasValue("1");
            assertThat(Upstreams.instance(response)).isEqualTo("first");
            assertThat(mirrored.get(0).text()).isEqualTo(upstreams.first.requests().get(0).text());
            assertThat(mirrored.get(0).header("authorization")).isEqualTo("Bearer key-three");
        }
    }

    @Test
    void shouldMirrorAStreamAndNotMindAFailingMirror() throws IOException {
        try (Upstreams upstreams = routed("""
                - wireTap: { uri: "instance:third" }
                - to: { uri: "instance:first" }
                """)) {
            upstreams.first.respond(Reply.chatStream("One", "Two"));
            upstreams.third.enqueue(Reply.chatStream("mirror"), Reply.error(500, "boom", "boom"), Reply.reset());

            for (int i = 1; i <= 3; i++) {
                String response = upstreams.gateway.post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"stream\":true}").body();
                upstreams.third.awaitRequests(i);
                assertThat(response).contains("One").endsWith("data: [DONE]\n\n").doesNotContain("mirror").doesNotContain("boom");
            }
        }
    }

    @Test
    void shouldRefuseToStartWithARuleForAnInstanceNobodyConfigured() {
        assertThatThrownBy(() -> routed("- to: { uri: \"instance:frist\" }\n").close())
                .hasStackTraceContaining("routing.camel.yaml").hasStackTraceContaining("route 'routing'")
                .hasStackTraceContaining("names instance \"frist\"").hasStackTraceContaining("did you mean \"first\"?");
    }

    @Test
    void shouldRefuseToStartWithAMirrorThatNobodyConfigured() {
        assertThatThrownBy(() -> routed("- wireTap: { uri: \"instance:thrid\" }\n- to: { uri: \"instance:first\" }\n").close())
                .hasStackTraceContaining("routing.camel.yaml").hasStackTraceContaining("route 'routing'")
                .hasStackTraceContaining("names instance \"thrid\"").hasStackTraceContaining("did you mean \"third\"?");
    }

    private Upstreams routed(String steps) throws IOException {
        Path routes = Files.createDirectories(folder.resolve("routes"));
        Path home = Path.of("").toAbsolutePath();
        Files.copy(home.resolve("application.properties"), folder.resolve("application.properties"));
        try (Stream<Path> files = Files.list(home.resolve("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        Files.writeString(routes.resolve("routing.camel.yaml"), """
                - route:
                    id: routing
                    routeConfigurationId: errors
                    description: The rules under test
                    from:
                      uri: direct:routing
                      steps:
                """ + steps.indent(8));
        return new Upstreams("", builder -> builder.folder(folder));
    }
}
