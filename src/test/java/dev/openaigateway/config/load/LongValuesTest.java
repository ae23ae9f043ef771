package dev.openaigateway.config.load;

import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** The time of a check grows with the length of a value, not with its square: a regular expression must not look at each character many times. */
class LongValuesTest {

    private static final Environment ENVIRONMENT = new Environment(Map.of(), Path.of("/nonexistent"));
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
    private static final int LENGTH = 20_000;
    /** Of CPU time. A value takes some milliseconds; one that is looked at in quadratic time takes more than this. */
    private static final Duration LONGEST = Duration.ofMillis(400);
    private static final Duration LONGEST_ON_A_BUSY_MACHINE = Duration.ofSeconds(60);
    private static final String INSTANCE = "instances: [{ name: a, api_key: k, api_base: 'http://h', %s }]";

    /** The first check loads classes, which takes as long as a slow one. */
    @BeforeAll
    static void warmUp() {
        settings().forEach(setting -> catchThrowable(() -> TestSettings.parse(setting, ENVIRONMENT)));
    }

    static Stream<String> settings() {
        return Stream.of("host: '%s'", "base_url: '%s'", "admin: { token: '%s' }", "clients: { trusted_proxies: ['%s'] }", "clients: { allowed_hosts: ['%s'] }",
                "cors: { allowed_origins: ['%s'] }", "rate_limit: { redis_url: '%s' }", "traces: { endpoint: '%s' }", "routing: { strategy: '%s' }", "routing: { timeout: '%s' }",
                "models: [{ name: '%s', target: b }]", "models: [{ name: a, target: '%s' }]", "logging: { level: '%s' }", "clients: { keys: [{ name: x, hash: '%s' }] }",
                "clients: { keys: [{ key: a, expires: '%s' }] }", "'%s': x", "instances: [{ name: a, api_key: k, api_base: '%s' }]",
                "instances: [{ name: '%s', api_key: k, api_base: 'http://h' }]", "instances: [{ name: a, provider_type: azure, api_key: k, api_base: '%s' }]",
                INSTANCE.formatted("supported_models: ['%s']"), INSTANCE.formatted("passthrough: ['%s']"), INSTANCE.formatted("tags: ['%s']"), INSTANCE.formatted("headers: { x: '%s' }"),
                INSTANCE.formatted("deepseek_path: '%s'"), INSTANCE.formatted("api_version: '%s'"), INSTANCE.formatted("proxy: '%s'"), INSTANCE.formatted("model_deployments: { m: '%s' }"));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void shouldBeCheckedInProportionalTime(String setting) {
        for (String text : texts()) {
            check(setting.replace("%s", text), setting + " with " + text.substring(0, 10) + "...");
        }
    }

    private static List<String> texts() {
        Stream<String> repeated = " ./:@?&=#*-_,;${}[]a1~%".chars().mapToObj(Character::toString).map(each -> each.repeat(LENGTH));
        return repeated.flatMap(text -> Stream.of(text + "!", "{{" + text + "x", "http://h/" + text + "!", "a" + text + "x"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"://", "?a", "${", "{{env:", "http://", "@:", "/v1", "%2", "a.", "{{a"})
    void shouldBeCheckedInProportionalTimeWhateverRepeats(String piece) {
        for (String setting : settings().toList()) {
            check(setting.replace("%s", piece.repeat(LENGTH / 3) + "!"), setting);
        }
    }

    /** Whether the settings are valid is not asked here. */
    private static void check(String yaml, String what) {
        Throwable thrown = assertTimeoutPreemptively(LONGEST_ON_A_BUSY_MACHINE, () -> {
            long before = CPU.getCurrentThreadCpuTime();
            Throwable refusal = catchThrowable(() -> TestSettings.parse(yaml, ENVIRONMENT));
            assertThat(Duration.ofNanos(CPU.getCurrentThreadCpuTime() - before)).as(what).isLessThan(LONGEST);
            return refusal;
        }, what);
        assertThat(thrown).satisfiesAnyOf(none -> assertThat(none).isNull(), refusal -> assertThat(refusal).isInstanceOf(InvalidSettingsException.class));
    }

    @Test
    void shouldFollowLongChainsOfNamesOnce() {
        String chain = String.join(",", IntStream.range(0, 5_000).mapToObj(i -> "{ name: m" + i + ", target: m" + (i + 1) % 5_000 + " }").toList());

        assertTimeoutPreemptively(LONGEST_ON_A_BUSY_MACHINE, () -> assertThatThrownBy(() -> TestSettings.parse("models: [" + chain + "]", ENVIRONMENT))
                .hasMessageContaining("models[0].target").hasMessageContaining("leads back to the name itself: m0 -> m1 -> m2"));
    }
}
