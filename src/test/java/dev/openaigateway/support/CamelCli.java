package dev.openaigateway.support;

import org.apache.camel.tooling.maven.MavenArtifact;
import org.apache.camel.tooling.maven.MavenDownloaderImpl;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs Camel's command line from its Maven artifact, with a local repository in which the gateway is installed. */
public final class CamelCli {

    private static final Path LOCAL_REPOSITORY = Path.of(System.getProperty("maven.repo.local"));

    private CamelCli() {
    }

    /** The main class of the process, because the artifact has no main method. */
    public static void main(String[] args) throws ReflectiveOperationException {
        Class.forName("org.apache.camel.dsl.jbang.core.commands.CamelJBangMain")
                .getMethod("run", String[].class).invoke(null, (Object) args);
    }

    /** @param scratch a folder for a local repository that links to the user's own and contains the gateway of this build */
    public static List<String> command(Path scratch, List<String> args) throws Exception {
        List<String> command = new ArrayList<>(Checkout.shortLived("-Dmaven.repo.local=" + repository(scratch),
                "-classpath", classPath(), CamelCli.class.getName()));
        command.addAll(args);
        return command;
    }

    private static String classPath() throws Exception {
        try (MavenDownloaderImpl maven = new MavenDownloaderImpl()) {
            maven.start();
            List<MavenArtifact> jars = maven.resolveArtifacts(
                    List.of("org.apache.camel:camel-jbang-core:" + System.getProperty("camel.version")), Set.of(), true, false);
            String libraries = jars.stream().map(jar -> jar.getFile().getPath()).collect(Collectors.joining(File.pathSeparator));
            return libraries + File.pathSeparator + Checkout.FOLDER.resolve("target/test-classes");
        }
    }

    /** Has the effect of {@code mvn install} without changing the user's repository. */
    private static Path repository(Path scratch) throws IOException {
        Path repository = scratch.resolve("repository");
        Path installed = Files.createDirectories(repository.resolve("dev/openaigateway/openai-gateway/1.0.0"));
        link(LOCAL_REPOSITORY, repository);
        link(LOCAL_REPOSITORY.resolve("dev"), repository.resolve("dev"));
        Files.copy(Checkout.JAR, installed.resolve("openai-gateway-1.0.0.jar"));
        Files.copy(Checkout.FOLDER.resolve("pom.xml"), installed.resolve("openai-gateway-1.0.0.pom"));
        return repository;
    }

    private static void link(Path from, Path to) throws IOException {
        if (Files.isDirectory(from)) {
            try (Stream<Path> entries = Files.list(from)) {
                for (Path entry : (Iterable<Path>) entries.filter(Files::isDirectory)::iterator) {
                    Path link = to.resolve(entry.getFileName());
                    if (Files.notExists(link)) {
                        Files.createSymbolicLink(link, entry);
                    }
                }
            }
        }
    }
}
