package dev.openaigateway.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;

import java.util.function.Predicate;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A package uses only packages of lower layers in the diagram of CONTRIBUTING.md. This also excludes cycles. */
class PackagesTest {

    private static final PackageLayers LAYERS = PackageLayers.drawn();

    private final JavaClasses gateway = Classes.MAIN;

    @Test
    void shouldAllBeInTheDiagram() {
        assertThat(gateway.stream().map(PackageLayers::name).distinct()).isNotEmpty().allMatch(LAYERS::shows);
    }

    @Test
    void shouldUseOnlyLowerLayers() {
        assertThat(dependencies().filter(use -> !LAYERS.mayUse(use.getOriginClass(), use.getTargetClass())).map(Dependency::getDescription)).isEmpty();
    }

    @Test
    void shouldDistinguishTheDirectionOfAUse() {
        JavaClass routing = gateway.get("dev.openaigateway.routing.Instance");
        JavaClass config = gateway.get("dev.openaigateway.config.Secret");
        JavaClass openai = gateway.get("dev.openaigateway.openai.Operation");

        assertThat(LAYERS.mayUse(routing, config)).isTrue();
        assertThat(LAYERS.mayUse(config, routing)).isFalse();
        assertThat(LAYERS.mayUse(config, openai)).as("side by side").isFalse();
    }

    private Stream<Dependency> dependencies() {
        Predicate<JavaClass> ours = type -> gateway.contain(type.getName());
        return gateway.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(use -> ours.test(use.getTargetClass()));
    }
}
