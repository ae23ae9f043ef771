package dev.openaigateway.explain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** Entries of a file that surround the steps of all its routes leave what the gateway knows of these steps as it is. */
@GatewayTest
class SurroundedRulesTest {

    private static final Pattern CASE = Pattern.compile("x-case} == '([\\w-]+)'");
    private static final Pattern ENTRY = Pattern.compile("^(intercept|onCompletion)");
    private static final Pattern NUMBER = Pattern.compile("(?<=[a-z0-9]):\\d+|(?<=line )\\d+");

    /** Its branches run side by side. */
    private static final String IN_NO_ORDER = "multicast";

    private static Cases plain;

    @BeforeAll
    static void start() {
        plain = new Cases();
    }

    @AfterAll
    static void stop() {
        plain.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "- intercept: { steps: [ { setVariable: { name: seen, simple: \"${header.x-case}\" } }, { process: { ref: counter } } ] }\n",
        "- intercept: { onWhen: { simple: \"${header.x-case} != 'no'\" }, steps: [ { log: { message: step } } ] }\n- intercept: { steps: [ { log: second } ] }\n",
        "- interceptFrom: { steps: [ { setVariable: { name: seen, simple: \"${header.x-case}\" } }, { process: { ref: counter } } ] }\n",
        "- onCompletion: { steps: [ { process: { ref: counter } } ] }\n",
        "- onException: { exception: [ java.io.IOException ], steps: [ { process: { ref: counter } } ] }\n"})
    void shouldBeExplainedAsWithout(String entry) throws Exception {
        List<String> names = CASE.matcher(Files.readString(Path.of("src/test/resources/explain/cases.camel.yaml"))).results().map(found -> found.group(1))
                .filter(name -> !name.equals(IN_NO_ORDER)).toList();
        assertThat(names).hasSizeGreaterThan(20);
        try (Cases surrounded = new Cases(entry)) {
            for (String name : names) {
                assertThat(comparable(surrounded.explain(name))).as(name).isEqualTo(comparable(plain.explain(name)));
            }
            assertThat(surrounded.effects()).isZero();
        }
    }

    /** Without the steps of the entries, lines and ports. */
    private static String comparable(JsonNode route) {
        Iterator<JsonNode> steps = route.path("steps").elements();
        while (steps.hasNext()) {
            JsonNode step = steps.next();
            if (ENTRY.matcher(step.path("step").asText()).find() || ENTRY.matcher(step.path("branch").asText()).find()) {
                steps.remove();
            }
        }
        return NUMBER.matcher(route.toString()).replaceAll("");
    }

    @Test
    void shouldNameTheStepOfTheRuleInRecords() {
        String entry = "- intercept: { steps: [ { log: { message: step } }, { filter: { simple: \"${header.x-closed}\", steps: [ { to: { id: closed, uri: \"reject:409\" } } ] } } ] }\n";
        try (CapturedLog log = new CapturedLog(); Cases surrounded = new Cases(entry)) {
            for (String name : List.of("plain", "any", "dynamic", "helper", "policy")) {
                assertThat(rule(log, surrounded.chat(name))).as(name).isEqualTo(rule(log, plain.chat(name))).isNotEmpty();
            }
            HttpResponse<String> closed = surrounded.gateway.chat("gpt-4o", "x-closed", "1");
            assertThat(closed.statusCode()).isEqualTo(409);
            assertThat(rule(log, closed)).isEqualTo("intercept/closed");
        }
    }

    /** What only the end of a request brings about would be an effect of the dry run. */
    @Test
    void shouldRunTheStepsAfterARealRequestOnly() {
        try (Cases surrounded = new Cases("- onCompletion: { steps: [ { process: { ref: counter } } ] }\n")) {
            assertThat(surrounded.explain("plain").at("/steps").toString()).contains("\"branch\":\"onCompletion");
            assertThat(surrounded.counter.touched).hasValue(0);

            assertThat(surrounded.chat("plain").statusCode()).isEqualTo(200);
            Eventually.holds("the step runs once the request has ended", () -> surrounded.counter.touched.get() == 1);
        }
    }

    private static String rule(CapturedLog log, HttpResponse<String> response) {
        return NUMBER.matcher(log.accessLine(response)).replaceAll("").replaceFirst(".* rule=(\\S*).*", "$1");
    }
}
