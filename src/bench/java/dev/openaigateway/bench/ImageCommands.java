package dev.openaigateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The commands of the image, as its {@code Dockerfile} has them, for a jar elsewhere. */
final class ImageCommands {

    private static final String CACHE = "gateway.aot";
    private static final String JAR = "openai-gateway.jar";
    private static final Pattern TRAINING = Pattern.compile("RUN java (.*AOTCacheOutput=.*?)( [>&|;\\\\].*)?");
    private static final Pattern ENTRYPOINT = Pattern.compile("ENTRYPOINT \\[\"java\", (.*)]");

    private static final Pattern ENVIRONMENT = Pattern.compile("ENV (.*)");

    private final String dockerfile;
    private final Path jar;
    private final Path folder;

    /** @param folder where the cache is written */
    ImageCommands(Path dockerfile, Path jar, Path folder) {
        this.jar = jar.toAbsolutePath();
        this.folder = folder;
        try {
            this.dockerfile = Files.readString(dockerfile);
        } catch (IOException e) {
            throw new BrokenRunException("the image's commands", e);
        }
    }

    /** Makes the start-up cache. */
    void train() throws InterruptedException {
        try {
            Process training = Part.endWithUs(new ProcessBuilder(command(Stream.of(first(TRAINING).split(" ")))).directory(folder.toFile())
                    .redirectErrorStream(true).redirectOutput(folder.resolve("training.log").toFile()).start());
            if (training.waitFor() != 0 || !Files.exists(folder.resolve(CACHE))) {
                throw new BrokenRunException("the training failed, see " + folder.resolve("training.log"));
            }
        } catch (IOException e) {
            throw new BrokenRunException("the training", e);
        }
    }

    /** The JVM's arguments in the image. */
    String[] jvmArgs() {
        List<String> words = Stream.of(first(ENTRYPOINT).split(", ")).map(word -> word.replace("\"", "")).toList();
        return words.subList(0, words.indexOf("-cp")).stream().map(this::located).toArray(String[]::new);
    }

    /** The variables that the image sets. */
    Map<String, String> environment() {
        return Stream.of(first(ENVIRONMENT).split(" ")).map(variable -> variable.split("=", 2))
                .collect(Collectors.toMap(variable -> variable[0], variable -> variable[1]));
    }

    private List<String> command(Stream<String> words) {
        List<String> command = new ArrayList<>(List.of(ChildJvm.java()));
        words.map(this::located).forEach(command::add);
        return command;
    }

    private String located(String word) {
        return word.replace(CACHE, folder.resolve(CACHE).toString()).replace(JAR, jar.toString());
    }

    private String first(Pattern line) {
        return dockerfile.lines().map(line::matcher).filter(Matcher::matches).map(found -> found.group(1)).findFirst()
                .orElseThrow(() -> new BrokenRunException("the Dockerfile has no line of the form " + line));
    }
}
