package dev.openaigateway.architecture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.domain.JavaClass;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The files in META-INF that describe the gateway's components to Camel's tools, compared with the annotated endpoints. */
class ComponentMetadataTest {

    static Stream<Class<?>> endpoints() {
        return Classes.MAIN.stream().filter(type -> type.isAnnotatedWith(UriEndpoint.class)).<Class<?>>map(JavaClass::reflect);
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void shouldDescribeEachEndpoint(Class<?> endpoint) throws Exception {
        UriEndpoint annotation = endpoint.getAnnotation(UriEndpoint.class);
        JsonNode document = document(annotation.scheme());

        assertThat(document.at("/component/syntax").asText()).isEqualTo(annotation.syntax());
        assertThat(document.at("/component/title").asText()).isEqualTo(annotation.title());
        assertThat(document.at("/component/producerOnly").asBoolean()).isEqualTo(annotation.producerOnly());
        assertThat(described(document.path("properties"))).containsExactlyElementsOf(annotated(endpoint));
        assertThat(componentClass(annotation.scheme())).isEqualTo(document.at("/component/javaType").asText());
    }

    @Test
    void shouldDescribeTheUpstreamComponentAsCamelHttp() throws Exception {
        ObjectNode expected = read(HttpComponent.class, "http");
        ObjectNode actual = document("upstream");

        assertThat(actual.path("properties")).isEqualTo(expected.path("properties"));
        assertThat(actual.path("componentProperties")).isEqualTo(expected.path("componentProperties"));
        assertThat(componentClass("upstream")).isEqualTo(actual.at("/component/javaType").asText());
    }

    /** Each option as "index kind name type required default: description", without those of every Camel endpoint. */
    private static List<String> described(JsonNode properties) {
        List<String> options = new ArrayList<>();
        for (Iterator<String> names = properties.fieldNames(); names.hasNext();) {
            String name = names.next();
            JsonNode option = properties.path(name);
            if (!name.equals("lazyStartProducer")) {
                options.add(option.path("index").asInt() + " " + option.path("kind").asText() + " " + name + " " + option.path("type").asText()
                        + " " + option.path("required").asBoolean() + " " + option.path("defaultValue").asText() + ": "
                        + option.path("description").asText());
            }
        }
        return options;
    }

    private static List<String> annotated(Class<?> endpoint) {
        List<String> options = new ArrayList<>();
        for (Field field : endpoint.getDeclaredFields()) {
            UriPath path = field.getAnnotation(UriPath.class);
            UriParam parameter = field.getAnnotation(UriParam.class);
            if (path != null || parameter != null) {
                Metadata metadata = field.getAnnotation(Metadata.class);
                String type = field.getType().getSimpleName().toLowerCase(Locale.ROOT);
                options.add(options.size() + (path == null ? " parameter " : " path ") + field.getName() + " "
                        + (type.equals("int") || type.equals("long") ? "integer" : type) + " " + (metadata != null && metadata.required()) + " "
                        + (path == null ? parameter.defaultValue() : path.defaultValue()) + ": "
                        + (path == null ? parameter.description() : path.description()));
            }
        }
        return options;
    }

    private static ObjectNode document(String scheme) throws IOException {
        return read(ComponentMetadataTest.class, scheme);
    }

    /** Camel looks for the description below the package of the component's class. */
    private static ObjectNode read(Class<?> from, String scheme) throws IOException {
        String type = componentClass(scheme);
        String path = type.substring(0, type.lastIndexOf('.')).replace('.', '/');
        try (InputStream json = from.getResourceAsStream("/META-INF/" + path + "/" + scheme + ".json")) {
            assertThat(json).as("the description of " + scheme).isNotNull();
            return (ObjectNode) new ObjectMapper().readTree(json);
        }
    }

    private static String componentClass(String scheme) throws IOException {
        try (InputStream service = ComponentMetadataTest.class.getResourceAsStream("/META-INF/services/org/apache/camel/component/" + scheme)) {
            assertThat(service).as("the service file of " + scheme).isNotNull();
            Properties properties = new Properties();
            properties.load(service);
            return properties.getProperty("class");
        }
    }
}
