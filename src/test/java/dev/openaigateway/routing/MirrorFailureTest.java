package dev.openaigateway.routing;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A mirror that fails, in every way, leaves the client's response, its record and the alerts alone. */
@GatewayTest
class MirrorFailureTest {

    private static final String RULES = OneRoute.of("""
            - choice:
                when:
                  - expression:
                      simple:
                        expression: "${header.x-mirror} == 'none'"
                    steps:
                      - doTry:
                          steps:
                            - to:
                                uri: instance:second
                          doCatch:
                            - exception:
                                - java.lang.Exception
                              steps:
                                - to:
                                    uri: instance:first
                otherwise:
                  steps:
                    - wireTap:
                        uri: "${header.x-mirror}"
                    - delay:
                        expression:
                          constant:
                            expression: 50
                    - to:
                        uri: instance:first
            """) + """
            - route:
                id: mirror
                routeConfigurationId: errors
                from:
                  uri: direct:mirror
                  steps:
                    - to:
                        uri: instance:second
            - route:
                id: broken
                routeConfigurationId: errors
                from:
                  uri: direct:broken
                  steps:
                    - throwException:
                        exceptionType: java.lang.IllegalStateException
                        message: a mirror that fails
            """;

    private static final CapturedLog LOG = new CapturedLog();
    private static Upstreams upstreams;

    @BeforeAll
    static void start() {
        upstreams = new Upstreams("", builder -> builder.folder(GatewayFolder.copy().rules(RULES).path()));
        upstreams.second.respond(Reply.error(500, "boom", "boom"));
    }

    @AfterAll
    static void stop() {
        upstreams.close();
        LOG.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"instance:second", "direct:mirror", "direct:broken"})
    void shouldNotTouchTheResponse(String mirror) {
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> response = upstreams.gateway.chat("gpt-4o", "x-mirror", mirror, "x-request-id", id(mirror) + "-" + i);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(Upstreams.instance(response)).isEqualTo("first");
        }
        Eventually.holds("all are recorded", () -> records(mirror).size() == 5);
        assertThat(records(mirror)).allMatch(line -> line.contains(" instance=first attempts=1 status=200 "));
        assertThat(LOG.linesWith("No instance could take")).isEmpty();
    }

    @Test
    void shouldNotRaiseAnAlertIfAnotherStepServesTheRequest() {
        assertThat(upstreams.gateway.chat("gpt-4o", "x-mirror", "none").statusCode()).isEqualTo(200);
        assertThat(LOG.linesWith("No instance could take")).isEmpty();
    }

    private static String id(String mirror) {
        return mirror.replace(':', '-');
    }

    private static List<String> records(String mirror) {
        return LOG.linesWith("request_id=" + id(mirror) + "-").stream().filter(line -> line.contains("client=")).toList();
    }
}
