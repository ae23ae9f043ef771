package dev.openaigateway.reload.live;

import dev.openaigateway.app.CheckCommand;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import dev.openaigateway.support.TestSettings;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.lang.reflect.Field;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A version of the rules that is refused leaves nothing behind. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedRulesTest {

    private static final String GOOD = """
            - beans:
                - name: limit
                  type: java.util.concurrent.atomic.AtomicInteger
                  constructors: { "0": 7 }
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
                    - to: { uri: "instance:*" }
            """;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final GatewayFolder folder = GatewayFolder.copy().rules(GOOD);
    private TestGateway gateway;

    @BeforeAll
    void startGateway() {
        gateway = TestGateway.builder().folder(folder.path()).settings(settings("east", "west")).start();
    }

    @AfterAll
    void stopGateway() {
        gateway.close();
        upstream.close();
    }

    private String settings(String... instances) {
        return "admin: { watch_files: false }\n" + TestSettings.instances(upstream.uri(), instances);
    }

    private static String withStep(String step) {
        return GOOD.replace("7", "8").replace("        - to: { uri: \"instance:*\" }\n", """
                    - to: { uri: "http:unused.invalid/refused" }
                    - filter: { simple: "${header.x-refused}", steps: [ { to: { uri: "direct:refused" } } ] }
                    - filter: { simple: "${header.x-refused}", steps: [ { to: { uri: "instance:west" } } ] }
            %s
            - route:
                id: refused
                from:
                  uri: direct:refused
                  steps:
                    - to: { uri: "instance:west" }
            """.formatted(step.indent(8).stripTrailing()).indent(0)) + "- beans: [ { name: refusedBean, type: java.lang.Object } ]\n";
    }

    static List<String> refused() {
        return List.of(
                withStep("- process: { ref: noSuchBean }"),
                withStep("- to: { uri: \"nowhere:at/all\" }"),
                withStep("- to: { uri: \"seda:refused?sizes=3\" }"),
                withStep("- bean: { ref: refusedBean, method: noSuchMethod }"),
                withStep("- bean: { beanType: no.such.Type }"),
                withStep("- loadBalance: { customLoadBalancer: { ref: prioritty }, steps: [ { to: { uri: \"instance:*\" } } ] }"),
                withStep("- to: { uri: \"instance:wets\" }"),
                withStep("- log: { id: twice, message: a }\n- log: { id: twice, message: b }"),
                withStep("- loadBalance: { customLoadBalancer: { ref: failover }, steps: [ { log: x } ] }"),
                withStep("- throttle: { expression: { constant: { expression: x } }, timePeriodMillis: abc }"),
                withStep("- to: { uri: \"reject:429?retryAfter=soon\" }"),
                withStep("- to: { uri: \"reject:429?mesage=no\" }"),
                withStep("- to: { uri: reject }"),
                withStep("- log: { message: a }").replace("direct:refused\n", "direct:gateway\n"));
    }

    /** Two routes that begin at one endpoint only once their placeholders have values. */
    private static final String SAME_BEGIN = """
            - route:
                id: a
                from:
                  uri: "direct:{{refused.begin:foo}}"
                  steps:
                    - to: instance:west
            - route:
                id: b
                from:
                  uri: direct:foo
                  steps:
                    - to: instance:west
            - route: { id: routing, from: { uri: direct:routing, steps: [ { to: direct:foo } ] } }
            """;

    @Test
    void shouldNameThePlaceOfARouteThatBeginsWhereAnotherDoes() throws Exception {
        String place = "routing.camel.yaml:10: route 'b' begins with 'direct:";
        GatewayFolder other = GatewayFolder.copy().rules(SAME_BEGIN).write("routes/instances.yaml", settings("east", "west"));
        assertThat(new CheckCommand(other.path(), Map.of()).problems()).singleElement().asString().contains(place, "routing.camel.yaml:4");
        assertThat(gateway.post("/config/validate", SAME_BEGIN, "Content-Type", "text/yaml").body()).contains("request:10", "as does the route in ");
        folder.rules(SAME_BEGIN);
        assertThat(reload().body()).contains(place);
        assertThatThrownBy(() -> TestGateway.builder().folder(folder.path()).settings(settings("east", "west")).start()).hasStackTraceContaining(place);
        folder.rules(GOOD);
        assertThat(reload().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void shouldLeaveTheContextAsItWas(String rules) {
        reload();
        Set<String> before = inventory();
        Object bean = gateway.main().getCamelContext().getRegistry().lookupByName("limit");
        folder.rules(rules);

        assertThat(reload().statusCode()).as(rules).isEqualTo(400);
        folder.rules(GOOD);

        assertThat(inventory()).as(rules).isEqualTo(before);
        assertThat(gateway.main().getCamelContext().getRegistry().lookupByName("limit")).isSameAs(bean).hasToString("7");
        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);
        assertThat(reload().body()).contains("\"changes\":[]");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void shouldRefuseTheTextAloneForTheSameMistakes(String rules) {
        reload();
        Set<String> before = inventory();

        HttpResponse<String> response = gateway.post("/config/validate", rules);

        assertThat(response.statusCode()).as(rules).isEqualTo(400);
        assertThat(response.body()).contains("\"source\":\"request");
        assertThat(inventory()).as(rules).isEqualTo(before);
    }

    @Test
    void shouldLeaveNothingOfAValidTextThatIsNotApplied() {
        reload();
        Set<String> before = inventory();

        assertThat(gateway.post("/config/validate", withStep("- wireTap: { uri: \"instance://east\" }\n- to: { uri: \"instance:{{none:east}}\" }")).statusCode())
                .isEqualTo(200);

        assertThat(inventory()).isEqualTo(before);
        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);
    }

    /** Each build gives steps without an id new ones. */
    @Test
    void shouldForgetTheNamesOfStepsThatAreNotApplied() throws ReflectiveOperationException {
        Object responder = gateway.main().getCamelContext().getRegistry().lookupByName("errorResponder");
        Map<?, ?> names = (Map<?, ?>) field(field(responder, "names"), "bySteps");
        gateway.post("/config/validate", withStep("- log: x"));
        int before = names.size();

        gateway.post("/config/validate", "- intercept: { steps: [ { log: a } ] }\n" + withStep("- log: x"));

        assertThat(names).hasSize(before);
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    @Test
    void shouldAllowToRemoveAnInstanceThatOnlyRefusedRulesName() throws IOException {
        folder.rules(withStep("- loadBalance: { customLoadBalancer: { ref: prioritty }, steps: [ { to: { uri: \"instance:*\" } } ] }"));
        assertThat(reload().statusCode()).isEqualTo(400);
        folder.rules(GOOD);
        assertThat(reload().statusCode()).isEqualTo(200);

        Files.writeString(gateway.settingsFile(), settings("east"));
        assertThat(reload().statusCode()).isEqualTo(200);
        Files.writeString(gateway.settingsFile(), settings("east", "west"));
        assertThat(reload().statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRemoveTheRoutesOfInstancesThatCameWithRefusedRules() throws IOException {
        Set<String> before = inventory();
        Files.writeString(gateway.settingsFile(), settings("east", "west", "north"));
        folder.rules(withStep("- process: { ref: noSuchBean }"));
        assertThat(reload().statusCode()).isEqualTo(400);

        assertThat(inventory()).isEqualTo(before);
        Files.writeString(gateway.settingsFile(), settings("east", "west"));
        folder.rules(GOOD);
        assertThat(reload().statusCode()).isEqualTo(200);
    }

    /** Returns the names of all that a version may add to the context. */
    private Set<String> inventory() {
        CamelContext context = gateway.main().getCamelContext();
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        Set<String> names = new TreeSet<>();
        context.getRoutes().stream().map(Route::getId).forEach(id -> names.add("route " + id));
        model.getRouteDefinitions().stream().map(RouteDefinition::getRouteId).forEach(id -> names.add("definition " + id));
        context.getEndpoints().stream().map(Endpoint::getEndpointUri).forEach(uri -> names.add("endpoint " + uri));
        model.getCustomBeans().forEach(bean -> names.add("bean " + bean.getName()));
        model.getRouteTemplateDefinitions().forEach(template -> names.add("template " + template.getId()));
        if (context.getRegistry().lookupByName("refusedBean") != null) {
            names.add("refusedBean");
        }
        return names;
    }

    private HttpResponse<String> reload() {
        return gateway.post("/config/reload", "");
    }
}
