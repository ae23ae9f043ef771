package dev.openaigateway.routes;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.Documents;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The form of the examples: what Camel's tools and visual editors need, and what a reader can expect. */
class ExampleFilesTest {

    private static final Path EXAMPLES = Checkout.FOLDER.resolve("examples");
    /** Lines that every rule has, or that only explain. */
    private static final Set<String> FRAME = Set.of("- choice:", "when:", "otherwise:");

    private static JsonSchema schema;

    @BeforeAll
    static void readSchema() throws IOException {
        try (InputStream json = ExampleFilesTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(json);
        }
    }

    static List<Path> examples() {
        return list(EXAMPLES, Files::isDirectory);
    }

    static List<RouteFile> files() {
        return examples().stream().flatMap(example -> list(example.resolve("routes"), file -> file.toString().endsWith(".camel.yaml")).stream())
                .map(RouteFile::read).toList();
    }

    private static List<Path> list(Path folder, Predicate<Path> which) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(which).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldBeValidAndCanonical(RouteFile file) {
        assertThat(schema.validate(file.entries())).isEmpty();
        assertThat(file.faults()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldDescribeRoutesAndGiveIdsToSteps(RouteFile file) {
        assertThat(file.routes()).filteredOn(route -> route.getKey().equals("route")).extracting(Map.Entry::getValue).isNotEmpty().allSatisfy(route -> {
            assertThat(route.path("description").asText()).isNotBlank();
            assertThat(route.path("group").asText()).isIn("rules", "events");
        });
        assertThat(file.steps(Set.of())).extracting(step -> step.elements().next()).extracting(step -> step.path("id").asText())
                .allSatisfy(id -> assertThat(id).isNotBlank()).doesNotHaveDuplicates();
    }

    /** A visual editor that saves the file loses comments; notes stay. */
    @ParameterizedTest
    @MethodSource("examples")
    void shouldExplainInNotesNotComments(Path example) {
        assertThat(list(example.resolve("routes"), file -> file.toString().endsWith(".camel.yaml")))
                .allSatisfy(file -> assertThat(Files.readAllLines(file)).noneMatch(line -> line.strip().startsWith("#")));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldHaveAShortReadmeAndALineInTheIndex(Path example) throws IOException {
        assertThat(Files.readAllLines(example.resolve("README.md"))).as("lines of README.md").hasSizeBetween(6, 12);
        assertThat(Documents.read(Checkout.FOLDER.resolve("docs/rules.md")))
                .contains("](../examples/" + example.getFileName() + "/README.md)");
        assertThat(example.resolve("routes/instances.yaml")).exists();
    }

    @ParameterizedTest
    @CsvSource({"model-prefix, gpt-4o, 15", "team-instance, research, 10", "canary, stable-and-canary, 10", "mirror, copy, 5", "night, night, 10",
        "long-prompts, long, 8", "other-model, requested-then-mini, 8", "tenant-limits, block-list, 10", "change-request, cap, 13",
        "sticky, no-team, 6", "quota-service, ask, 12", "tags, common, 3", "private-content, confidential, 8"})
    void shouldBeShort(String example, String id, int most) throws IOException {
        List<String> lines = Files.readAllLines(EXAMPLES.resolve(example).resolve("routes/routing.camel.yaml"));
        List<String> rule = lines.subList(lines.indexOf("      steps:") + 1, lines.size());
        assertThat(rule.stream().anyMatch(line -> line.strip().endsWith("id: " + id))).as(id).isTrue();
        assertThat(linesOf(rule, id)).hasSizeLessThanOrEqualTo(most).isNotEmpty();
    }

    /** The lines of the rule from the branch or step with this id on, up to the next branch or the route's last step. */
    private static List<String> linesOf(List<String> rule, String id) {
        int at = 0;
        while (!rule.get(at).strip().endsWith("id: " + id)) {
            at++;
        }
        int end = at + 1;
        while (end < rule.size() && !rule.get(end).strip().equals("otherwise:") && !rule.get(end).strip().endsWith("id: all")) {
            end++;
        }
        end -= end < rule.size() && rule.get(end).strip().endsWith("id: all") ? 1 : 0;
        int begin = rule.get(at).strip().startsWith("- id") ? at : at - 1;
        return rule.subList(begin, end).stream().map(String::strip)
                .filter(line -> !FRAME.contains(line) && !line.matches("(- )?(id|note|description): .*")).toList();
    }
}
