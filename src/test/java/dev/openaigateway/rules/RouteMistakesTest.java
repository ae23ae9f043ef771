package dev.openaigateway.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Mistakes that show only in several routes or steps together, and blocks of Camel around instances. */
class RouteMistakesTest {

    private final CheckedRules rules = new CheckedRules();

    private static String route(String begin, String... steps) {
        return "- route:\n    id: " + begin + "\n    from:\n      uri: direct:" + begin + "\n      steps:\n"
                + Stream.of(steps).map(step -> "        - " + step + "\n").collect(Collectors.joining());
    }

    @Test
    void shouldAcceptAnotherTryAfterAFailure() {
        assertThat(rules.problems(route("routing", "doTry: { steps: [ { to: \"instance:east\" } ], doCatch: [ { exception: [ java.lang.Exception ], "
                + "steps: [ { to: \"direct:routing\" } ] } ] }"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "topicLoadBalancer: {} | 6:44: route 'routing' uses 'topicLoadBalancer' which sends a request to all its children",
            "failoverLoadBalancer: { exception: [ java.io.IOException ] } | 6:60: route 'routing' uses 'failoverLoadBalancer' which names exceptions",
            "weightedLoadBalancer: { distributionRatio: \"3\" } | 6:68: route 'routing' uses 'weightedLoadBalancer' which has 1 ratios for 2 children",
            "weightedLoadBalancer: { distributionRatio: \"3,x\" } | 6:68: route 'routing' has 'distributionRatio' \"x\" which must be a whole number"})
    void shouldRefuseBalancersThatCannotHoldInstances(String balancer, String expected) {
        for (String child : new String[] {"instance:west", "direct:far"}) {
            assertThat(rules.problems(route("routing", "loadBalance: { " + balancer
                    + ", steps: [ { to: \"" + child + "\" }, { to: \"direct:far\" } ] }") + route("far", "to: direct:near") + route("near", "to: instance:east")))
                    .singleElement().asString().contains(expected.replaceFirst("^\\d+:\\d+: ", ""));
        }
    }

    @Test
    void shouldRefuseACircuitBreakerAroundInstances() {
        String near = route("near", "to: instance:east");
        assertThat(rules.problems(route("routing", "circuitBreaker: { steps: [ { to: \"instance:east\" } ] }")))
                .singleElement().asString().startsWith("rules.yaml:6:44: route 'routing' sends to \"instance:east\" which leads to an instance");
        assertThat(rules.problems(route("routing", "circuitBreaker: { steps: [ { to: { uri: direct:near } } ] }") + near))
                .singleElement().asString().contains("which leads to an instance", "'failover'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "x      | \"x\" which must be an object such as 'route:' with its keys below it",
            "rotue  | \"rotue\" which must be an object such as 'route:' with its keys below it; did you mean \"route\"?",
            "5      | \"5\" which must be an object",
            "[a, b] | which must be an object"})
    void shouldRefuseAnEntryThatIsNoObject(String entry, String expected) {
        assertThat(rules.problems(route("routing", "to: instance:east") + "- " + entry + "\n"))
                .singleElement().asString().startsWith("rules.yaml:7:3: the file has entry " + expected);
    }

    @Test
    void shouldTellAllOfThemAtOnce() {
        assertThat(rules.problems(route("routing", "loadBalance: { topicLoadBalancer: {}, steps: [ { to: \"instance:east\" } ] }",
                "circuitBreaker: { steps: [ { to: \"instance:east\" } ] }", "unmarshal: { csv: {} }")
                + "- beans:\n    - name: mine\n      type: org.acme.Polcy\n")).satisfiesExactly(
                topic -> assertThat(topic).contains("rules.yaml:6:"), breaker -> assertThat(breaker).contains("rules.yaml:7:"),
                format -> assertThat(format).startsWith("rules.yaml:8:29: route 'routing' uses data format \"csv\" which the gateway does not have"),
                type -> assertThat(type).startsWith("rules.yaml:11:13: 'beans' names class \"org.acme.Polcy\" which is not on the class path"));
    }

    @Test
    void shouldFindMisspeltQueuesOfEvents() {
        String events = "- from: { uri: \"seda:usage?queue=#bean:usageQueue\", steps: [ { to: \"seda:sink?discardIfNoConsumers=true\" } ] }\n"
                + "- from: { uri: \"seda:sink\", steps: [ { log: a } ] }\n";
        assertThat(rules.problemsOfEvents(events)).isEmpty();
        assertThat(rules.problemsOfEvents(events.replace("seda:usage?queue=#bean:usageQueue", "seda:usge"))).singleElement().asString()
                .startsWith("events.yaml:1:16: 'from' begins with \"seda:usge\" to which nothing sends").endsWith("did you mean \"seda:usage\"?");
        assertThat(rules.problemsOfEvents(events.replace("seda:sink?", "seda:snik?"))).anySatisfy(problem -> assertThat(problem)
                .startsWith("events.yaml:1:").contains("sends to \"seda:snik\" but no route begins there"));
        assertThat(rules.problemsOfEvents(events.replace("seda:sink?", "seda:sink?size={{no.such}}&"))).isNotEmpty();
    }

    @Test
    void shouldFindAMisspeltQueueFromWhichAStepTakes() {
        String events = "- from: { uri: \"%s\", steps: [ { log: a } ] }\n"
                + "- from: { uri: \"seda:alert?queue=#bean:alertQueue\", steps: [ { poll: \"seda:usge?timeout=1\" } ] }\n";
        assertThat(rules.problemsOfEvents(events.formatted("seda:usage?queue=#bean:usageQueue"))).isEmpty();
        assertThat(rules.problemsOfEvents(events.formatted("seda:usge"))).singleElement().asString()
                .startsWith("events.yaml:1:16: 'from' begins with \"seda:usge\" to which nothing sends").endsWith("did you mean \"seda:usage\"?");
    }

    /** Camel passes over a name with a blank. */
    @Test
    void shouldRefuseABlankBesideTheNameOfAConfiguration() {
        String all = "- routeConfiguration: { id: first }\n- routeConfiguration: { id: second }\n"
                + route("routing", "to: instance:east").replace("id: routing\n", "id: routing\n    routeConfigurationId: \"%s\"\n");
        assertThat(rules.problems(all.formatted("first,second"))).isEmpty();
        assertThat(rules.problems(all.formatted("first, second"))).singleElement().asString().contains(
                "names route configuration \" second\" which does not exist (first, second); did you mean \"second\"?");
    }

    @Test
    void shouldRefuseEntriesThatComeTooLate() {
        String handler = "- onException: { exception: [ java.lang.Exception ], handled: { constant: \"true\" } }\n";
        assertThat(rules.problems(handler + route("routing", "to: instance:east"))).isEmpty();
        assertThat(rules.problems(route("routing", "to: instance:east") + handler)).containsExactly(
                "rules.yaml:7:3: the file has 'onException' after a route but it must stand before all routes");
    }

    @Test
    void shouldAcceptDataFormatsThatAreThere() {
        assertThat(rules.problems(route("routing", "unmarshal: { json: {} }", "marshal: { json: { library: Jackson } }", "to: instance:east"))).isEmpty();
    }
}
