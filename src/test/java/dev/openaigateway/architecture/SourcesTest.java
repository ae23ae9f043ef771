package dev.openaigateway.architecture;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Sizes and names of the files of code, tests and benchmark. */
class SourcesTest {

    private static final Path MAIN = Path.of("src/main/java");
    private static final int LONGEST_FILE = 250;
    private static final int MEDIAN_OF_MAIN = 50;
    private static final int LARGEST_PACKAGE = 2000;
    /** May be larger, because it reads five formats with the source of each value. */
    private static final String SETTINGS_READERS = "config/load";
    /** The place for it; two that keep what they catch, on the exchange or thrown again; and the start, which loads the gateway's own classes. */
    private static final Set<String> CATCH_ERRORS = Set.of("guard/ForeignCode.java", "routing/policy/InstanceBalancer.java",
            "server/response/ChunkWriter.java", "app/JarStart.java");

    @Test
    void shouldHaveAtMost250LinesAFile() throws IOException {
        Map<Path, Integer> lengths = new TreeMap<>();
        files(Path.of("src")).forEach(file -> lengths.put(file, lines(file).size()));
        lengths.values().removeIf(lines -> lines <= LONGEST_FILE);
        assertThat(lengths).isEmpty();
    }

    @Test
    void shouldHaveAMedianOf50LinesThatAreNotBlank() throws IOException {
        List<Long> lengths = files(MAIN).stream().filter(file -> !file.endsWith("package-info.java"))
                .map(file -> lines(file).stream().filter(line -> !line.isBlank()).count()).sorted().toList();
        assertThat(lengths.get(lengths.size() / 2)).isLessThanOrEqualTo(MEDIAN_OF_MAIN);
    }

    @Test
    void shouldHaveAtMost2000LinesAPackage() throws IOException {
        Map<Path, Integer> sizes = files(MAIN).stream()
                .collect(Collectors.toMap(Path::getParent, file -> lines(file).size(), Integer::sum, TreeMap::new));
        sizes.keySet().removeIf(place -> place.endsWith(SETTINGS_READERS));
        sizes.values().removeIf(lines -> lines <= LARGEST_PACKAGE);
        assertThat(sizes).isEmpty();
    }

    @Test
    void shouldDeclareTheEndpointsInAtMost450Lines() {
        assertThat(Stream.of("openai-api", "azure-api", "admin", "demo-upstream").mapToInt(file -> lines(Path.of("routes", file + ".camel.yaml")).size()).sum())
                .isLessThanOrEqualTo(450);
    }

    @Test
    void shouldBeNamedAfterTheirSubject() throws IOException {
        assertThat(files(Path.of("src"))).extracting(file -> file.getFileName().toString())
                .noneMatch(name -> name.matches(".*(Util|Utils|Manager|Helper)\\.java"));
    }

    /** What catches some errors by name lets others through, such as those that a library defines. */
    @Test
    void shouldCatchErrorsInOnePlace() throws IOException {
        Pattern caught = Pattern.compile("catch \\((final )?[^)]*\\b(Throwable|\\w*Error)\\b");
        assertThat(files(MAIN)).filteredOn(file -> lines(file).stream().anyMatch(line -> caught.matcher(line).find()))
                .extracting(file -> MAIN.resolve("dev/openaigateway").relativize(file).toString()).containsExactlyInAnyOrderElementsOf(CATCH_ERRORS);
    }

    /** An executor drops a task that throws, without a word. */
    @Test
    void shouldRepeatTasksInOnePlace() throws IOException {
        assertThat(files(MAIN)).filteredOn(file -> lines(file).stream().anyMatch(line -> line.matches(".*\\.scheduleWith\\w+\\(.*|.*\\.scheduleAt\\w+\\(.*")))
                .containsExactly(MAIN.resolve("dev/openaigateway/guard/PeriodicTask.java"));
    }

    /** Javadoc takes a tag within a line for text. */
    @Test
    void shouldBeginALineWithEachTagOfJavadoc() throws IOException {
        Pattern within = Pattern.compile("^\\s*(/\\*\\*|\\*) .*\\S.* @(param|return|throws)\\b");
        assertThat(files(Path.of("src")).stream().flatMap(file -> lines(file).stream()).filter(line -> within.matcher(line).find())).isEmpty();
    }

    @Test
    void shouldImportOnlyWhatIsUsed() throws IOException {
        Pattern imported = Pattern.compile("import (?:static )?[\\w.]+\\.(\\w+);");
        Map<Path, List<String>> unused = new TreeMap<>();
        for (Path file : files(Path.of("src"))) {
            String code = lines(file).stream().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
            unused.put(file, lines(file).stream().map(imported::matcher).filter(Matcher::matches).map(line -> line.group(1))
                    .filter(name -> !Pattern.compile("\\b" + name + "\\b").matcher(code).find()).toList());
        }
        unused.values().removeIf(List::isEmpty);
        assertThat(unused).isEmpty();
    }

    /** An optimisation that names no row of the benchmark cannot be shown to be worth its code. */
    @Test
    void shouldNameRowsOfTheBenchmarkThatExist() throws IOException {
        String benchmark = text("src/bench/java");
        List<String> rows = Pattern.compile("benchmark rows?[\\s*]+\"([^\"]+)\"").matcher(text("src/main/java")).results()
                .map(row -> row.group(1).replaceAll("[\\s*]+", " ")).distinct().toList();

        assertThat(rows).hasSizeGreaterThan(8).allSatisfy(row -> assertThat(benchmark).contains("\"" + row));
    }

    private static String text(String folder) throws IOException {
        return files(Path.of(folder)).stream().flatMap(file -> lines(file).stream()).collect(Collectors.joining("\n"));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
