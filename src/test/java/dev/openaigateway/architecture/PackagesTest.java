package dev.openaigateway.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A package uses only packages of lower layers in the diagram of CONTRIBUTING.md, which excludes cycles, and those that its description names. */
class PackagesTest {

    private static final Path MAIN = Path.of("src/main/java/dev/openaigateway");
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

    /** Only a package with few dependencies has such a sentence; the diagram shows the others. */
    @Test
    void shouldDependOnWhatTheirDescriptionsSay() throws IOException {
        Map<String, Set<String>> used = new TreeMap<>();
        gateway.forEach(type -> used.computeIfAbsent(PackageLayers.name(type), any -> new TreeSet<>()));
        dependencies().filter(use -> use.getTargetClass().getPackage() != use.getOriginClass().getPackage())
                .forEach(use -> used.get(PackageLayers.name(use.getOriginClass())).add(PackageLayers.name(use.getTargetClass())));
        Map<String, Set<String>> described = described();

        used.keySet().retainAll(described.keySet());
        assertThat(described).hasSizeGreaterThan(10).isEqualTo(used);
    }

    /** What each description with a sentence "Depends on ..." names in it. */
    private static Map<String, Set<String>> described() throws IOException {
        Map<String, Set<String>> described = new TreeMap<>();
        try (Stream<Path> files = Files.walk(MAIN)) {
            for (Path file : files.filter(path -> path.endsWith("package-info.java")).toList()) {
                Matcher sentence = Pattern.compile("Depends? on .*", Pattern.DOTALL).matcher(Files.readString(file).replaceAll("\\n \\* ?", " "));
                if (sentence.find()) {
                    described.put(MAIN.relativize(file.getParent()).toString().replace(File.separatorChar, '.'),
                            Pattern.compile("\\{@code ([a-z.]+)}").matcher(sentence.group()).results().map(name -> name.group(1))
                                    .collect(Collectors.toCollection(TreeSet::new)));
                }
            }
        }
        return described;
    }

    private Stream<Dependency> dependencies() {
        Predicate<JavaClass> ours = type -> gateway.contain(type.getName());
        return gateway.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(use -> ours.test(use.getTargetClass()));
    }
}
