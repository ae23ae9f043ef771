package dev.openaigateway.rules.values;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.model.MulticastDefinition;
import org.junit.jupiter.api.Test;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

import static org.assertj.core.api.Assertions.assertThat;

/** The keys for which the check of values reads Camel's catalog are those of all durations in it. */
class DurationKeysTest {

    @Test
    void shouldKnowTheKeysOfAllDurationsOfTheCatalog() throws IOException, URISyntaxException {
        Set<String> durations = new TreeSet<>();
        try (JarFile jar = new JarFile(new File(MulticastDefinition.class.getProtectionDomain().getCodeSource().getLocation().toURI()))) {
            for (JarEntry entry : jar.stream().filter(each -> each.getName().matches("META-INF/org/apache/camel/model/.*\\.json")).toList()) {
                for (var option : new ObjectMapper().readTree(jar.getInputStream(entry)).path("properties").properties()) {
                    if (isDuration(option.getValue())) {
                        durations.add(option.getKey());
                    }
                }
            }
        }
        assertThat(durations).contains("timeout", "completionTimeout", "redeliveryDelay", "samplePeriod").hasSizeGreaterThan(10)
                .allMatch(key -> ValueCheck.DURATIONS.matcher(key).matches());
    }

    private static boolean isDuration(JsonNode option) {
        return option.path("type").asText().equals("duration");
    }
}
