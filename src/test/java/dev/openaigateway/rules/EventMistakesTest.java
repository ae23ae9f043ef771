package dev.openaigateway.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.LinkedBlockingQueue;

import static org.assertj.core.api.Assertions.assertThat;

/** Mistakes in the routes of events that let events be lost, or go round without end. */
class EventMistakesTest {

    private static final String USAGE = """
            - route:
                id: usage
                from:
                  uri: seda:usage
                  parameters: { queue: "#bean:usageQueue" }
                  steps:
                    - log: a
            """;
    private static final String ALERT = "- from: { uri: \"seda:alert?queue=#alertQueue\", steps: [ { log: a } ] }\n";

    private final CheckedRules rules = new CheckedRules().withBean("usageQueue", new LinkedBlockingQueue<>()).withBean("alertQueue", new LinkedBlockingQueue<>());

    @Test
    void shouldAcceptOneRouteForEachQueue() {
        assertThat(rules.problemsOfEvents(USAGE + ALERT)).isEmpty();
    }

    @Test
    void shouldRefuseASecondRouteFromAQueue() {
        assertThat(rules.problemsOfEvents(USAGE + USAGE.replace("id: usage", "id: other"))).singleElement().asString()
                .isEqualTo("events.yaml:11:12: route 'other' begins with \"seda:usage\" which is already at events.yaml:4: a queue has one route, which may send to others");
    }

    @ParameterizedTest
    @ValueSource(strings = {"precondition: \"{{in.use:false}}\"", "autoStartup: \"{{in.use:false}}\""})
    void shouldAcceptARouteThatIsSwitched(String key) {
        assertThat(rules.problemsOfEvents(USAGE + USAGE.replace("id: usage", "id: other\n    " + key))).isEmpty();
    }

    @Test
    void shouldRefuseAnotherQueueThanTheGateways() {
        assertThat(rules.problemsOfEvents(USAGE.replace("usageQueue", "alertQueue"))).anySatisfy(problem -> assertThat(problem)
                .isEqualTo("events.yaml:5:28: route 'usage' takes the events of seda:usage from queue \"#bean:alertQueue\" into which the gateway does not put them; "
                        + "did you mean \"#bean:usageQueue\"?"));
        assertThat(rules.problemsOfEvents(ALERT.replace("?queue=#alertQueue", ""))).singleElement().asString()
                .isEqualTo("events.yaml:1:16: 'from' begins with \"seda:alert\" without the queue into which the gateway puts its events; "
                        + "did you mean \"seda:alert?queue=#bean:alertQueue\"?");
    }

    @Test
    void shouldRefuseAnEventThatComesBackToItsQueue() {
        String back = USAGE + "        - to: direct:far\n- from: { uri: direct:far, steps: [ { to: { uri: seda:usage } } ] }\n";
        assertThat(rules.problemsOfEvents(USAGE + "        - to: seda:usage\n")).singleElement().asString()
                .isEqualTo("events.yaml:8:15: route 'usage' sends to \"seda:usage\" which leads back here, so no event would come to an end");
        assertThat(rules.problemsOfEvents(back)).first().asString().startsWith("events.yaml:8:15: route 'usage' sends to \"direct:far\" which leads back here");
        assertThat(rules.problemsOfEvents(USAGE + "        - filter: { simple: \"${body[a]} == 'b'\", steps: [ { to: seda:usage } ] }\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"instance:west", "direct:routing", "direct:gateway", "reject:400", "request:cap?max_tokens=5"})
    void shouldRefuseStepsThatNeedARequest(String target) {
        assertThat(rules.problemsOfEvents(USAGE + "        - to: \"" + target + "\"\n")).anySatisfy(problem -> assertThat(problem).isEqualTo(
                "events.yaml:8:15: route 'usage' sends to \"" + target.replaceFirst("\\?.*", "") + "\" which needs a request of a client; an event has none"));
        assertThat(rules.problemsOfEvents(USAGE + "        - to: direct:far\n- from: { uri: direct:far, steps: [ { to: \"" + target + "\" } ] }\n"))
                .anySatisfy(problem -> assertThat(problem).startsWith("events.yaml:8:15: route 'usage' sends to \"direct:far\" which leads to what needs a request"));
    }
}
