package dev.openaigateway.app;

import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.GatewayProcess;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.warmup.LoopbackUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The classes that the jar loads in advance, compared with those that a start up to the first response uses. */
@ProcessTest
class StartClassesIT {

    private static final Path LIST = Checkout.FOLDER.resolve("src/main/resources/dev/openaigateway/app/start-classes.txt");
    private static final Path USED = Checkout.FOLDER.resolve("target/start-classes.txt");
    private static final Pattern FROM_JAR = Pattern.compile("(\\S+) source: file:\\S+\\.jar");
    /** Made by the thread that runs the code of the lambda expression, so their number shows how far the start has got. */
    private static final String LAMBDA = "$$Lambda";

    @TempDir
    Path folder;

    @Test
    void shouldNameTheClassesOfAStart() throws Exception {
        List<String> used = log("-cp", Checkout.JAR.toString(), "dev.openaigateway.app.Gateway").stream().map(FROM_JAR::matcher)
                .filter(Matcher::lookingAt).map(line -> line.group(1)).toList();
        Files.write(USED, used);
        List<String> listed = Files.readAllLines(LIST);
        Set<String> both = new HashSet<>(used);
        both.retainAll(listed);

        assertThat(both.size()).as("classes that both have; if they are too few, copy %s to %s", USED, LIST)
                .isGreaterThan(used.size() * 95 / 100).isGreaterThan(listed.size() * 95 / 100);
    }

    @Test
    void shouldLoadThemAheadOfTheStart() throws Exception {
        Set<String> missing = new HashSet<>(Files.readAllLines(LIST));
        int rest = missing.size() / 20;

        List<String> log = log("-jar", Checkout.JAR.toString());

        long all = log.stream().filter(line -> line.contains(LAMBDA)).count();
        long reached = log.stream().takeWhile(line -> !missing.remove(line.split(" ")[0]) || missing.size() > rest)
                .filter(line -> line.contains(LAMBDA)).count();
        assertThat(missing).hasSizeLessThanOrEqualTo(rest);
        assertThat(reached).as("lambda expressions reached when the classes are loaded, of %d", all).isLessThan(all * 3 / 4);
    }

    /** The classes in the order in which they were loaded, until the first response. */
    private List<String> log(String... program) throws Exception {
        Path log = folder.resolve("classes.txt");
        try (LoopbackUpstream upstream = new LoopbackUpstream()) {
            Path settings = Files.writeString(folder.resolve("settings.yaml"), """
                    rate_limit: { tpm: 1000000 }
                    instances: [ { name: one, provider_type: generic, api_base: "http://127.0.0.1:%d/v1", supported_models: [gpt-4o] } ]
                    """.formatted(upstream.port()));
            List<String> command = new ArrayList<>(List.of("env", "GATEWAY_CONFIG=" + settings));
            command.addAll(Checkout.shortLived("-Xlog:class+load:file=" + log + ":none"));
            command.addAll(List.of(program));
            try (GatewayProcess gateway = GatewayProcess.start(folder, command)) {
                gateway.await("Camel OpenAI Gateway serves");
                assertThat(gateway.send().statusCode()).isEqualTo(200);
                return Files.readAllLines(log);
            }
        }
    }
}
