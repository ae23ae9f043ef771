package dev.openaigateway.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What the gateway and its tests have to say goes through SLF4J. */
class OutputTest {

    /** The test of another process reads what it prints. */
    private static final String CHILD = "dev.openaigateway.tokenizer.BoundedCountTest$Small";

    @Test
    void shouldNotGoToTheStandardStreams() {
        assertThat(ours().filter(type -> type.getFieldAccessesFromSelf().stream().anyMatch(access ->
                access.getTargetOwner().getName().equals("java.lang.System") && access.getTarget().getName().matches("out|err")))
                .map(JavaClass::getName)).containsExactly(CHILD);
    }

    @Test
    void shouldNotGoToTheLogOfTheJdk() {
        assertThat(ours().filter(type -> type.getDirectDependenciesFromSelf().stream()
                .anyMatch(use -> use.getTargetClass().getPackageName().equals("java.util.logging"))).map(JavaClass::getName)).isEmpty();
    }

    /** Without the benchmark, which prints its table. */
    private static Stream<JavaClass> ours() {
        return Stream.concat(Classes.MAIN.stream(), Classes.TESTS.stream()).filter(type -> !type.getPackageName().startsWith("dev.openaigateway.bench"));
    }
}
