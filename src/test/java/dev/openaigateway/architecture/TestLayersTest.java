package dev.openaigateway.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ProcessTest;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code mvn test} runs the classes without a tag, so a class has exactly the tags for what it starts. */
class TestLayersTest {

    private static final String STARTS_A_GATEWAY = "Gateway.main";
    /** The check of a folder builds a gateway and silences the log. */
    private static final String BUILDS_A_GATEWAY = "CommandLine.run";
    private static final String STARTS_A_PROCESS = "ProcessBuilder.start";

    private final JavaClasses tests = Classes.TESTS;

    @Test
    void shouldTagWhatStartsAGatewayOrAnotherProcess() {
        List<String> faults = new ArrayList<>();
        testClasses().forEach(test -> {
            Set<String> calls = TransitiveCalls.from(test, tests);
            compare(test, calls.contains(STARTS_A_GATEWAY) || calls.contains(BUILDS_A_GATEWAY), GatewayTest.class, faults);
            compare(test, calls.contains(STARTS_A_PROCESS), ProcessTest.class, faults);
        });
        assertThat(faults).isEmpty();
    }

    @Test
    void shouldDetectAStartInABaseClassAndInAHelper() {
        assertThat(calls("faults.StreamTest")).contains(STARTS_A_GATEWAY);
        assertThat(calls("routing.RetryTest")).contains(STARTS_A_GATEWAY);
        assertThat(calls("throttle.MovedLimitsTest")).contains(STARTS_A_GATEWAY, STARTS_A_PROCESS);
        assertThat(calls("ratelimit.ReservationTest")).doesNotContain(STARTS_A_GATEWAY, STARTS_A_PROCESS);
        assertThat(calls("app.JarIT")).contains(STARTS_A_PROCESS);
    }

    /** Camel would add a gateway to it as a plugin, and the connector of its command line uses a context while it starts. */
    @Test
    void shouldStartNoContextWithPlugins() {
        assertThat(tests.stream().filter(type -> type.getConstructorCallsFromSelf().stream().anyMatch(call ->
                        call.getTargetOwner().isEquivalentTo(DefaultCamelContext.class) && call.getTarget().getRawParameterTypes().isEmpty())))
                .extracting(JavaClass::getName).isEmpty();
    }

    private Stream<JavaClass> testClasses() {
        return tests.stream().filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .filter(type -> type.getAllMethods().stream().anyMatch(TestMethods::contain));
    }

    private Set<String> calls(String test) {
        return TransitiveCalls.from(tests.get("dev.openaigateway." + test), tests);
    }

    private static void compare(JavaClass test, boolean starts, Class<? extends Annotation> tag, List<String> faults) {
        if (starts != test.reflect().isAnnotationPresent(tag)) {
            faults.add(test.getName() + (starts ? " lacks @" : " does not need @") + tag.getSimpleName());
        }
    }
}
