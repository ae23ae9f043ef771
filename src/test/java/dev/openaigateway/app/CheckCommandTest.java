package dev.openaigateway.app;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

import static org.assertj.core.api.Assertions.assertThat;

/** Commands in place of a start. Tagged as a gateway because a check builds one, which it does not start. */
@GatewayTest
class CheckCommandTest {

    private static final String RULES = """
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
                    - loadBalance:
                        customLoadBalancer: weighted
                        steps:
                          - to: instance:east
            """;
    private static final String SETTINGS = "instances:\n  - { name: east, provider_type: generic, api_key: k, api_base: \"http://east\", weight: 5 }\n";

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final GatewayFolder folder = GatewayFolder.copy().rules(RULES).write("routes/instances.yaml", SETTINGS);

    private OptionalInt run(String... args) {
        return run(Map.of(), args);
    }

    private OptionalInt run(Map<String, String> variables, String... args) {
        return new CommandLine(new PrintStream(output, true, StandardCharsets.UTF_8), variables).run(args);
    }

    private List<String> lines() {
        return output.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @AfterEach
    void logAgain() {
        Configurator.reconfigure();
        assertThat(LogManager.getRootLogger().isInfoEnabled()).isTrue();
    }

    @Test
    void shouldFindNothingInAGoodFolder() {
        assertThat(run("check", folder.path().toString())).hasValue(0);
        assertThat(lines()).singleElement().asString().startsWith("OK ");
    }

    @Test
    void shouldFindNothingInAnEmptyFolderAndLeaveItEmpty(@TempDir Path empty) {
        assertThat(run(Map.of("GATEWAY_CONFIG", folder.path().resolve("routes/instances.yaml").toString()), "check", empty.toString())).hasValue(0);
        assertThat(empty).isEmptyDirectory();
    }

    @Test
    void shouldAcceptASendToARouteThatBeginsWithAPlaceholder() {
        folder.rules("""
                - route: { id: routing, from: { uri: direct:routing, steps: [ { to: "direct:{{env:NO_STAGE:dev}}" } ] } }
                - route: { id: stage, from: { uri: "direct:{{env:NO_STAGE:dev}}", steps: [ { to: instance:east } ] } }
                """);

        assertThat(run("check", folder.path().toString())).as(output::toString).hasValue(0);
    }

    @Test
    void shouldRefusePlaceholdersOfVaultsWithoutTheirLibrary() {
        folder.write("routes/instances.yaml", SETTINGS.replace("weight: 5", "headers: { x-tok: \"Bearer {{hashicorp:secret:bank/w}}\" }"));

        assertThat(run("check", folder.path().toString())).hasValue(1);
        assertThat(lines()).singleElement().asString().startsWith("routes/instances.yaml:2: instances[0].headers.x-tok is a placeholder that is not replaced");
    }

    @Test
    void shouldRefuseAVaultInAPropertyThatTheRulesName() throws Exception {
        Files.writeString(folder.path().resolve("application.properties"), "\nbank.token = {{inner}}\ninner = {{azure:bank-token}}\n", StandardOpenOption.APPEND);
        folder.rules(RULES.replace("- loadBalance", "- setHeader: { name: x-bank, constant: \"{{bank.token}}\" }\n        - loadBalance"));
        assertThat(run("check", folder.path().toString())).hasValue(1);
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).startsWith("application.properties:").contains("inner \"{{azure:bank-token}}\" needs camel-azure-key-vault");
        assertThat(lines().get(1)).startsWith("routes/routing.camel.yaml:6:").contains("uses \"{{bank.token}}\" where {{azure:bank-token}} needs camel-azure-key-vault");
    }

    @Test
    void shouldRefuseAVaultInARouteOfItsOwn() {
        folder.write("routes/mine.camel.yaml", "- route:\n    id: mine\n    from:\n      uri: direct:mine\n      steps:\n        - log: \"{{secret:bank/token}}\"\n");
        assertThat(run("check", folder.path().toString())).hasValue(1);
        assertThat(lines()).singleElement().asString().contains("mine.camel.yaml").contains("{{secret:bank/token}} needs camel-kubernetes in the folder 'ext'");
    }

    @Test
    void shouldPrintTheProblemsOfAllFilesInOneLineEach() throws Exception {
        folder.rules(RULES.replace("weighted", "wieghted").replace("instance:east", "instance:esat"));
        folder.write("routes/instances.yaml", SETTINGS.replace("weight:", "wight:"));
        Files.writeString(folder.path().resolve("application.properties"), "\nevents.quue = 5\n",
                StandardOpenOption.APPEND);

        assertThat(run("check", folder.path().toString())).hasValue(1);

        assertThat(lines()).hasSize(4).doesNotHaveDuplicates();
        assertThat(lines().get(0)).startsWith("application.properties:").contains("events.quue").endsWith("did you mean \"events.queue\"?");
        assertThat(lines().get(1)).startsWith("routes/instances.yaml:2: instances[0].wight").endsWith("did you mean \"weight\"?");
        assertThat(lines().get(2)).startsWith("routes/routing.camel.yaml:7:33: route 'routing' names policy \"wieghted\"");
        assertThat(lines().get(3)).startsWith("routes/routing.camel.yaml:9:21: route 'routing' names instance \"esat\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"routes/instances-local.yaml", "overlay.yaml", "providers/west.json"})
    void shouldKnowTheInstancesOfAllSourcesWhenASettingIsWrong(String source) throws IOException {
        folder.rules(RULES.replace("- to: instance:east", "- to: instance:west"));
        folder.write("routes/instances.yaml", SETTINGS.replace("weight:", "wight:"));
        boolean isProvider = source.endsWith(".json");
        Files.createDirectories(folder.path().resolve(source).getParent());
        folder.write(source, isProvider ? "{ \"west\": { \"api_key_variable\": \"KEY\", \"target_base_url\": \"http://west\", \"models\": "
                + "{ \"m\": { \"endpoints\": [ { \"path\": \"v1/chat/completions\", \"target_model_name\": \"m\" } ] } } } }" : SETTINGS.replace("east", "west"));
        Map<String, String> variables = source.equals("overlay.yaml") ? Map.of("GATEWAY_OVERLAY", source)
                : isProvider ? Map.of("FOAP_CONFIG_DIR", "providers", "KEY", "k") : Map.of();

        assertThat(run(variables, "check", folder.path().toString())).hasValue(1);
        assertThat(lines()).singleElement().asString().contains("instances[0].wight");
    }

    @Test
    void shouldTellWhatWorksInPlaceOfRestInAFileOfItsOwn() {
        folder.write("routes/mine.camel.yaml", "- rest:\n    path: /mine\n    get: [ { path: /x, to: \"direct:routing\" } ]\n");

        assertThat(run("check", folder.path().toString())).hasValue(1);
        assertThat(lines()).singleElement().asString().contains("routes/mine.camel.yaml:1:3: the file has 'rest' which the gateway does not serve")
                .contains("'platform-http:/PATH'");
    }

    @Test
    void shouldFindWhatOnlyCamelKnows() {
        folder.rules(RULES + "        - unmarshal: { csv: {} }\n");

        assertThat(run("check", folder.path().toString())).hasValue(1);
        assertThat(lines()).singleElement().asString().contains("csv");
    }

    /** The components of these steps are used by no route of the check's gateway. */
    @Test
    void shouldPrintEachWrongStepOfTheGatewaysOwnComponents() {
        folder.rules(RULES + "        - to: request:remvoe\n        - to: reject:40x\n");

        assertThat(run("check", folder.path().toString())).hasValue(1);
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0)).startsWith("routes/routing.camel.yaml:10:15: route 'routing' uses endpoint \"request:remvoe\" which is not valid: ");
        assertThat(lines().get(1)).startsWith("routes/routing.camel.yaml:11:15: route 'routing' uses endpoint \"reject:40x\" which is not valid: ");
    }

    @Test
    void shouldCheckAFolderWithRulesOnlyAgainstTheSettingsThatGatewayConfigNames(@TempDir Path place) throws Exception {
        Path settings = Files.writeString(place.resolve("elsewhere.yaml"), SETTINGS.replace("east", "north"));
        Path routes = Files.createDirectories(place.resolve("team/routes"));
        Files.writeString(routes.resolve("routing.camel.yaml"), RULES);
        Map<String, String> variables = Map.of("GATEWAY_CONFIG", settings.toString());

        assertThat(run(variables, "check", place.resolve("team").toString())).hasValue(1);
        assertThat(lines()).singleElement().asString().startsWith("routes/routing.camel.yaml:9:").endsWith("(north)");
        output.reset();
        Files.writeString(routes.resolve("routing.camel.yaml"), RULES.replace("east", "north"));
        assertThat(run(variables, "check", place.resolve("team").toString())).hasValue(0);
        output.reset();
        Files.writeString(settings, SETTINGS.replace("east", "north").replace("weight: 5", "weight: five"));
        assertThat(run(variables, "check", place.resolve("team").toString())).hasValue(1);
        assertThat(lines()).singleElement().asString().contains("elsewhere.yaml:2", "weight");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ServiceConfigurationError", "Error", "NoSuchMethodError"})
    void shouldPrintTheErrorThatABeanThrows(String error) {
        folder.rules(RULES + "- beans:\n    - name: broken\n      type: java.lang.Object\n      scriptLanguage: groovy\n"
                + "      script: \"throw new " + error + "('of a library')\"\n");

        assertThat(run("check", folder.path().toString())).hasValue(1);
        assertThat(lines()).singleElement().asString().startsWith("routes/routing.camel.yaml:").contains("broken", "of a library");
    }

    @Test
    void shouldFindAnEventsFileWithoutRoutes() {
        folder.write("routes/events.camel.yaml", "# nothing\n");

        assertThat(run("check", folder.path().toString())).hasValue(1);
        assertThat(lines()).singleElement().asString().startsWith("routes/events.camel.yaml: has no route, so that no usage record");
    }

    @Test
    void shouldFindMistakesInEvents() throws Exception {
        Path events = folder.path().resolve("routes/events.camel.yaml");
        folder.write("routes/events.camel.yaml", Files.readString(events).replace("ref: feishuMessage", "ref: feishuMesage"));

        assertThat(run("check", folder.path().toString())).hasValue(1);
        assertThat(lines()).singleElement().asString().startsWith("routes/events.camel.yaml:").endsWith("did you mean \"feishuMessage\"?");
    }

    @Test
    void shouldFindWrongPropertiesAndOnlyThem() {
        folder.write("application.properties", "events.queue = x\ncamel.management.enabled = ja\n");

        assertThat(run(Map.of("EVENTS_WEBHOOK_ENABLED", "yess", "CAMEL_SERVER_MAX_BODY_SIZE", "50MB"), "check", folder.path().toString())).hasValue(1);

        assertThat(lines()).hasSize(4).anyMatch(line -> line.startsWith("application.properties:1: events.queue \"x\" must be"))
                .anyMatch(line -> line.equals("application.properties:2: camel.management.enabled \"ja\" must be true or false"))
                .anyMatch(line -> line.equals("environment: EVENTS_WEBHOOK_ENABLED \"yess\" must be true or false"))
                .anyMatch(line -> line.startsWith("environment: CAMEL_SERVER_MAX_BODY_SIZE \"50MB\" must be a whole number of bytes"));
    }

    @Test
    void shouldPrintHelpAndVersion() {
        assertThat(run("--help")).hasValue(0);
        assertThat(run("--version")).hasValue(0);
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("check [FOLDER]", "Camel OpenAI Gateway: one OpenAI-compatible endpoint in front of many upstreams.").doesNotContain("-duration");
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() {
        assertThat(run("chek")).hasValue(2);
        assertThat(run("--hlp")).hasValue(2);
        assertThat(run("check", "nowhere")).hasValue(2);
        assertThat(run("check", "a", "b")).hasValue(2);
        assertThat(lines()).allSatisfy(line -> assertThat(line).endsWith("'--help' lists the commands."));
        assertThat(lines().get(0)).startsWith("There is no command or option 'chek'. Did you mean 'check'?");
    }

    @Test
    void shouldRunWithoutArguments() {
        assertThat(run()).isEmpty();
        assertThat(run("")).isEmpty();
    }
}
