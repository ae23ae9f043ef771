package dev.openaigateway.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The gateway and its tests write their output only through SLF4J. */
class OutputTest {

    /** They run in another process and print for the test that started it. */
    private static final List<String> CHILDREN = List.of("dev.openaigateway.tokenizer.prompt.BoundedCountTest$Small", "dev.openaigateway.warmup.MemoryReleaseTest");
    /** Turns off a library's log, which goes there. */
    private static final String SILENCER = "dev.openaigateway.traces.SdkLog";

    @Test
    void shouldNotUseTheStandardStreams() {
        assertThat(ours().filter(type -> type.getFieldAccessesFromSelf().stream().anyMatch(access ->
                access.getTargetOwner().getName().equals("java.lang.System") && access.getTarget().getName().matches("out|err")))
                .map(JavaClass::getName)).containsExactlyInAnyOrderElementsOf(CHILDREN);
    }

    @Test
    void shouldNotPrintStackTraces() {
        assertThat(ours().flatMap(type -> type.getMethodCallsFromSelf().stream()).filter(call -> call.getTarget().getName().equals("printStackTrace")))
                .isEmpty();
    }

    @Test
    void shouldNotGoToTheLogOfTheJdk() {
        assertThat(ours().filter(type -> type.getDirectDependenciesFromSelf().stream()
                .anyMatch(use -> use.getTargetClass().getPackageName().equals("java.util.logging"))).map(JavaClass::getName)).containsExactly(SILENCER);
    }

    /** Returns all classes except the benchmark, which prints its table. */
    private static Stream<JavaClass> ours() {
        return Stream.concat(Classes.MAIN.stream(), Classes.TESTS.stream()).filter(type -> !type.getPackageName().startsWith("dev.openaigateway.bench"));
    }
}
