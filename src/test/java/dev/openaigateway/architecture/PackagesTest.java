package dev.openaigateway.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;

import java.util.function.Predicate;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A package uses only packages of lower lines in the picture of CONTRIBUTING.md. This excludes cycles too. */
class PackagesTest {

    private static final Floors FLOORS = Floors.drawn();

    private final JavaClasses gateway = Classes.MAIN;

    @Test
    void shouldAllBeInThePicture() {
        assertThat(gateway.stream().map(Floors::name).distinct()).isNotEmpty().allMatch(FLOORS::shows);
    }

    @Test
    void shouldUseLowerOnesOnly() {
        assertThat(dependencies().filter(use -> !FLOORS.mayUse(use.getOriginClass(), use.getTargetClass())).map(Dependency::getDescription)).isEmpty();
    }

    @Test
    void shouldMeetTheRuleBothWaysUp() {
        JavaClass routing = gateway.get("dev.openaigateway.routing.Instance");
        JavaClass config = gateway.get("dev.openaigateway.config.Secret");
        JavaClass openai = gateway.get("dev.openaigateway.openai.Operation");

        assertThat(FLOORS.mayUse(routing, config)).isTrue();
        assertThat(FLOORS.mayUse(config, routing)).isFalse();
        assertThat(FLOORS.mayUse(config, openai)).as("side by side").isFalse();
    }

    private Stream<Dependency> dependencies() {
        Predicate<JavaClass> ours = type -> gateway.contain(type.getName());
        return gateway.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(use -> ours.test(use.getTargetClass()));
    }
}
