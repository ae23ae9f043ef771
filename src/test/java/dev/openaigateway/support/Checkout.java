package dev.openaigateway.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's folder and the artifacts of its build. */
public final class Checkout {

    public static final Path FOLDER = Path.of("").toAbsolutePath();
    /** The Java that runs the tests. */
    public static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    public static final Path JAR = FOLDER.resolve("target/openai-gateway.jar");

    private Checkout() {
    }

    /** A command that runs Java for a few seconds: without the C2 compiler, which would cost more than it gains, and with the serial collector. */
    public static List<String> shortLived(String... arguments) {
        return concat(List.of(JAVA, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), List.of(arguments));
    }

    /** The command of a gateway from the jar, short-lived, with the archive of its classes. */
    public static List<String> jar(String... jvmOptions) {
        return concat(shortLived(jvmOptions), ClassArchive.options(), List.of("-jar", JAR.toString()));
    }

    /** The command of a gateway from the jar, short-lived, with these settings and Java's own choice of the collector. */
    public static List<String> gateway(Path settings, String... jvmOptions) {
        return concat(List.of("env", "GATEWAY_CONFIG=" + settings, JAVA, "-XX:TieredStopAtLevel=1"), List.of(jvmOptions), ClassArchive.options(),
                List.of("-jar", JAR.toString()));
    }

    @SafeVarargs
    private static List<String> concat(List<String>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }

    /** Copies the files that git would clone, without the tests. */
    public static void cloneTo(Path folder) throws IOException {
        for (String name : names()) {
            if (Files.isRegularFile(FOLDER.resolve(name))) {
                Files.copy(FOLDER.resolve(name), folder.resolve(name));
            }
        }
        for (String name : List.of(".mvn", "docs", "routes", "src/main")) {
            copy(FOLDER.resolve(name), folder.resolve(name));
        }
    }

    /** The names to which a shell expands {@code *} in the checkout. */
    public static List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(FOLDER)) {
            return entries.map(path -> path.getFileName().toString()).filter(name -> !name.startsWith(".")).sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Path target = to.resolve(from.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }
}
