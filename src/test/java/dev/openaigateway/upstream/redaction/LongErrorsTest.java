package dev.openaigateway.upstream.redaction;

import dev.openaigateway.config.Settings;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The time of masking grows with the length of an error, and not with the number of instances whose keys are masked. */
class LongErrorsTest {

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final int INSTANCES = 2_000;
    private static final int LENGTH = 1_000_000;
    /** Of CPU time. A text takes a tenth of this; compared with each key it takes several times as much. */
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static Settings settings;

    @BeforeAll
    static void prepare() throws InvalidSettingsException {
        String instances = IntStream.range(0, INSTANCES).mapToObj(i -> "{ name: a%d, provider_type: generic, api_base: 'https://one.example', api_key: sk-proj-%06d }".formatted(i, i))
                .collect(Collectors.joining(", "));
        settings = TestSettings.parse("instances: [" + instances + "]", new Environment(Map.of(), Path.of("/nonexistent")));
        mask("some sk-proj-\\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"some text of sessions that speaks of keys, ", "sk-proj-", "s", "\\\"s\\n", "\\", "\\\\u0073"})
    void shouldBeMaskedInProportionalTime(String piece) {
        String text = piece.repeat(LENGTH / piece.length());
        long before = CPU.getCurrentThreadCpuTime();

        String shown = mask(text + "sk-proj-001999");

        assertThat(Duration.ofNanos(CPU.getCurrentThreadCpuTime() - before)).isLessThan(LONGEST);
        assertThat(shown).endsWith("****").doesNotContain("001999");
    }

    private static String mask(String text) {
        return new String(new Redaction(settings).of(text.getBytes(StandardCharsets.ISO_8859_1), settings.instances().get(0)), StandardCharsets.ISO_8859_1);
    }
}
