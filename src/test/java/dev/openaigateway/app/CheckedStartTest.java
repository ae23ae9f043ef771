package dev.openaigateway.app;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.OneRoute;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What a check of a folder finds at the start of steps, and what it leaves alone. */
class CheckedStartTest {

    private static final String SETTINGS = "instances: [ { name: east, provider_type: generic, api_base: \"http://east\", tags: \"canary, eu\" } ]\n";

    private final GatewayFolder folder = GatewayFolder.copy().write("routes/instances.yaml", SETTINGS);

    private List<String> problems() {
        return new CheckCommand(folder.path(), Map.of()).problems();
    }

    @Test
    void shouldOpenNoStore() {
        Path store = folder.path().resolve("seen.txt");
        folder.rules("""
                - beans:
                    - name: seen
                      type: org.apache.camel.spi.IdempotentRepository
                      scriptLanguage: groovy
                      script: org.apache.camel.support.processor.idempotent.FileIdempotentRepository.fileIdempotentRepository(new File('%s'))
                """.formatted(store) + OneRoute.of("""
                - idempotentConsumer: { idempotentRepository: seen, simple: "${header.x}", steps: [ { log: a } ] }
                - to: { uri: "instance:east" }
                """));

        assertThat(problems()).isEmpty();
        assertThat(store).doesNotExist();
    }

    @Test
    void shouldNameThePlaceOfAStepInAFormThatCamelDoesNotTake() {
        folder.write("routes/mine.camel.yaml", "- route:\n    id: mine\n    from:\n      uri: direct:mine\n      steps:\n        - wireTap: direct:routing\n");

        assertThat(problems()).singleElement().asString().startsWith("routes/mine.camel.yaml:6: ").contains("in this form");
    }

    @Test
    void shouldNameAnAnchorThatContainsItselfInARouteFileOfYourOwn() {
        folder.write("routes/mine.camel.yaml", "- route:\n    from:\n      uri: direct:mine\n      steps:\n        - pipeline: &p { steps: [ { pipeline: *p } ] }\n");

        assertThat(problems()).singleElement().asString().startsWith("routes/mine.camel.yaml:5:21: ").contains("alias of itself");
    }

    @Test
    void shouldKnowTagsInATextWhenASettingIsWrong() {
        folder.write("routes/instances.yaml", SETTINGS + "routing: { retrys: 3 }\n").rules(OneRoute.to("instance:*?tag=eu"));

        assertThat(problems()).singleElement().asString().contains("retrys");
    }
}
