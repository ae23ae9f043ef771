package dev.openaigateway.routes;

import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Validates the route files against Camel's YAML schema, as {@code camel validate yaml} and editors do. */
class RouteSchemaTest {

    private static JsonSchema schema;

    @BeforeAll
    static void readSchema() throws IOException {
        try (InputStream json = RouteSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(json);
        }
    }

    static List<RouteFile> files() {
        return RouteFile.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void shouldBeValid(RouteFile file) {
        assertThat(schema.validate(file.entries())).isEmpty();
    }

    @Test
    void shouldReportAnInvalidStep() {
        RouteFile wrong = RouteFile.of("wrong", "- route: { from: { uri: 'direct:wrong', steps: [ { process: { bean: a } } ] } }");

        assertThat(schema.validate(wrong.entries())).extracting(ValidationMessage::getMessage).anyMatch(message -> message.contains("bean"));
    }
}
