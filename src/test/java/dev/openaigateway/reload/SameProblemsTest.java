package dev.openaigateway.reload;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.app.CheckCommand;
import dev.openaigateway.problem.RootCause;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.TestGateway;
import dev.openaigateway.support.TestSettings;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.service.ServiceSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** The start, a check of the folder, a validation and a reload refuse a file in the same words, with its line. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameProblemsTest {

    private static final String MINE = """
            - route:
                id: mine
                from:
                  uri: direct:mine
                  steps:
                    - to: { id: mine-step, uri: "instance:west" }
            """;

    /** A step that is built, and fails when its route starts. */
    public static final class Unstartable extends ServiceSupport implements Processor {

        @Override
        public void process(Exchange exchange) {
        }

        @Override
        protected void doStart() {
            throw new IllegalStateException("out of order");
        }
    }

    private final GatewayFolder folder = GatewayFolder.copy().rules(rules("log: a")).write("routes/mine.camel.yaml", MINE)
            .write("routes/instances.yaml", settings("east", "west"));
    private TestGateway gateway;

    @BeforeAll
    void startGateway() {
        gateway = TestGateway.builder().folder(folder.path()).settings(settings("east", "west")).start();
    }

    @AfterAll
    void stopGateway() {
        gateway.close();
    }

    private static String settings(String... instances) {
        return "admin: { watch_files: false }\n" + TestSettings.instances("http://127.0.0.1:9", instances);
    }

    private static String rules(String step) {
        return OneRoute.of("- " + step + "\n- to: { uri: \"instance:east\" }\n");
    }

    /** What only Camel knows, when it builds the route. */
    static List<String> refused() {
        return List.of(
                rules("log: a").replace("instance:east", "instance:*?exclude=west&"),
                rules("unmarshal: { custom: { ref: nosuch } }"),
                rules("multicast: { executorService: nosuch, steps: [ { log: a } ] }"),
                rules("sort: { simple: \"${body}\", comparator: nosuch }"),
                rules("claimCheck: { operation: Nosuch }"),
                rules("aggregate: { correlationExpression: { constant: all }, aggregationStrategy: "
                        + "\"#class:org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy\", steps: [ { log: a } ] }"),
                rules("multicast: { timeout: \"5\", steps: [ { log: a } ] }"),
                rules("log: a").replace("id: routing", "id: routing\n    startupOrder: 5") + """
                        - route: { id: second, startupOrder: 5, from: { uri: direct:second, steps: [ { log: a } ] } }
                        """,
                rules("log: { id: mine-step, message: a }"),
                rules("log: a").replace("id: routing", "id: gateway"),
                """
                - routeTemplate:
                    id: made
                    parameters: [ { name: pool } ]
                    from:
                      uri: direct:routing
                      steps:
                        - multicast: { executorService: "{{pool}}", steps: [ { log: a } ] }
                        - to: { uri: "instance:east" }
                - templatedRoute: { routeId: routing, routeTemplateRef: made, parameters: [ { name: pool, value: nosuch } ] }
                """, """
                - routeTemplate:
                    id: made
                    parameters: [ { name: inst } ]
                    from: { uri: direct:routing, steps: [ { to: "instance:{{inst}}" } ] }
                - templatedRoute: { routeId: routing, routeTemplateRef: made, parameters: [ { name: inst, value: wset } ] }
                """, """
                - routeTemplate:
                    id: made
                    parameters: [ { name: team } ]
                    from: { uri: direct:routing, steps: [ { to: "file:/x?fileNam={{team}}" } ] }
                - templatedRoute: { routeId: routing, routeTemplateRef: made, parameters: [ { name: team, value: a } ] }
                """);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void shouldBeTheSame(String rules) {
        folder.rules(rules);
        List<String> reloaded = problems(gateway.post("/config/reload", ""));

        assertThat(reloaded).isNotEmpty().allMatch(problem -> problem.matches("routing\\.camel\\.yaml:\\d+.*"));
        assertThat(validated(Map.of("routing.camel.yaml", rules))).isEqualTo(reloaded);
        assertThat(validated(Map.of("routing.camel.yaml", rules, "instances.yaml", settings("east", "west", "north")))
                .stream().map(problem -> problem.replace("(east, north, west)", "(east, west)"))).isEqualTo(reloaded);
        assertThat(new CheckCommand(folder.path(), Map.of()).problems().stream().map(this::named)).isEqualTo(reloaded);
        assertThat(started()).isEqualTo(reloaded);
    }

    @Test
    void shouldNameAnInstanceWhereTheParameterOfATemplateHasIt() {
        String rules = """
                - route: { id: routing, from: { uri: direct:routing, steps: [ { to: direct:team } ] } }
                - routeTemplate: { id: team, parameters: [ { name: inst } ], from: { uri: direct:team, steps: [ { to: "instance:{{inst}}" } ] } }
                - templatedRoute: { routeTemplateRef: team, parameters: [ { name: inst, value: wset } ] }
                """;
        List<String> expected = List.of("routing.camel.yaml:3:80: 'templatedRoute' names instance \"wset\" which is not configured (east, west); did you mean \"west\"?");
        folder.rules(rules);

        assertThat(problems(gateway.post("/config/reload", ""))).isEqualTo(expected);
        assertThat(validated(Map.of("routing.camel.yaml", rules))).isEqualTo(expected);
        assertThat(new CheckCommand(folder.path(), Map.of()).problems().stream().map(this::named)).isEqualTo(expected);
        assertThat(started()).isEqualTo(expected);
        folder.rules(rules("log: a"));
    }

    /** A step within another one, and a parameter of a template. */
    @Test
    void shouldNameTheLineAndTheColumnOfAName() {
        folder.rules(rules("choice:\n    when:\n      - simple: \"${header.x} == 'a'\"\n        steps: [ { unmarshal: { custom: { ref: nosuch } } } ]"));
        assertThat(new CheckCommand(folder.path(), Map.of()).problems()).singleElement().asString()
                .startsWith("routes/routing.camel.yaml:10:").contains("route 'routing' cannot be started: ", "nosuch");
        String made = refused().get(refused().size() - 3);
        folder.rules(made);
        assertThat(new CheckCommand(folder.path(), Map.of()).problems()).singleElement().asString().startsWith("routes/routing.camel.yaml:7:42: ");
        folder.rules(rules("log: a"));
    }

    @Test
    void shouldBeTheSameForAStepThatDoesNotStart() {
        String rules = "- beans: [ { name: unstartable, type: \"" + Unstartable.class.getName() + "\" } ]\n" + rules("process: { ref: unstartable }");
        folder.rules(rules);
        List<String> reloaded = problems(gateway.post("/config/reload", ""));

        assertThat(reloaded).singleElement().asString().startsWith("routing.camel.yaml:").endsWith("route 'routing' cannot be started: out of order");
        assertThat(validated(Map.of("routing.camel.yaml", rules))).isEqualTo(reloaded);
        assertThat(new CheckCommand(folder.path(), Map.of()).problems().stream().map(this::named)).isEqualTo(reloaded);
        assertThat(started()).isEqualTo(reloaded);
    }

    /** The settings fit the rules, and not a route of another file. */
    @Test
    void shouldBeTheSameForARouteOfAnotherFile() {
        folder.rules(rules("log: a"));
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
        List<String> validated = validated(Map.of("instances.yaml", settings("east", "north")));
        write(settings("east", "north"));

        assertThat(validated).singleElement().asString().contains("mine.camel.yaml:", "west", "which is not configured (east, north)");
        assertThat(problems(gateway.post("/config/reload", ""))).isEqualTo(validated);
        write(settings("east", "west"));
    }

    /** Rules may name an instance that comes with the settings. */
    @Test
    void shouldAcceptRulesForNewSettings() {
        String rules = rules("loadBalance: { customLoadBalancer: weighted, steps: [ { to: \"instance:north\" }, { to: \"instance:east\" } ] }")
                .replace("        - to: { uri: \"instance:east\" }\n", "");

        assertThat(validated(Map.of("routing.camel.yaml", rules, "instances.yaml", settings("east", "west", "north")))).isEmpty();
        assertThat(validated(Map.of("routing.camel.yaml", rules))).singleElement().asString().contains("north", "which is not configured");
    }

    private void write(String settings) {
        try {
            Files.writeString(gateway.settingsFile(), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> validated(Map<String, String> files) {
        return problems(gateway.post("/config/validate", new ObjectMapper().valueToTree(Map.of("files", files)).toString()));
    }

    private List<String> started() {
        Throwable thrown = catchThrowable(() -> TestGateway.builder().folder(folder.path()).settings(settings("east", "west")).start());
        return RootCause.message(thrown).lines().map(this::named).toList();
    }

    private List<String> problems(HttpResponse<String> response) {
        try {
            return new ObjectMapper().readTree(response.body()).at("/error/message").asText().lines().map(this::named).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The problem with the file relative to the folder of route files. */
    private String named(String problem) {
        return problem.replace(folder.path() + "/", "").replaceFirst("^routes/", "");
    }
}
