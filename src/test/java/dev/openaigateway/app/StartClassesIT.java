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
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The classes that the jar loads in advance, compared with those that a start up to the first response uses. */
@ProcessTest
class StartClassesIT {

    private static final Path LIST = Checkout.FOLDER.resolve("src/main/resources/dev/openaigateway/app/start-classes.txt");
    private static final Path USED = Checkout.FOLDER.resolve("target/start-classes.txt");
    /** With the number of the thread that loads the class. */
    private static final Pattern FROM_JAR = Pattern.compile("\\[(\\d+)] (\\S+) source: file:\\S+\\.jar");
    private static final Pattern VERIFIED = Pattern.compile("\\[(\\d+)] Start class verification for: (\\S+)");

    @TempDir
    Path folder;

    @Test
    void shouldNameTheClassesOfAStart() throws Exception {
        List<String> used = classes(FROM_JAR, "-cp", Checkout.JAR.toString(), "dev.openaigateway.app.Gateway").stream().map(line -> line.group(2)).toList();
        Files.write(USED, used);
        List<String> listed = Files.readAllLines(LIST);
        Set<String> both = new HashSet<>(used);
        both.retainAll(listed);

        assertThat(both.size()).as("classes that both have; if they are too few, copy %s to %s", USED, LIST)
                .isGreaterThan(used.size() * 95 / 100).isGreaterThan(listed.size() * 95 / 100);
    }

    @Test
    void shouldLoadThemInAThreadOfTheirOwn() throws Exception {
        assertMostlyInOneOtherThread(classes(FROM_JAR, "-jar", Checkout.JAR.toString()));
    }

    @Test
    void shouldVerifyThemInAThreadOfTheirOwn() throws Exception {
        assertMostlyInOneOtherThread(classes(VERIFIED, "-jar", Checkout.JAR.toString()));
    }

    private static void assertMostlyInOneOtherThread(List<MatchResult> lines) {
        String main = lines.stream().filter(line -> line.group(2).endsWith(JarStart.class.getSimpleName())).findFirst().orElseThrow().group(1);

        Map<String, Long> byOthers = lines.stream().map(line -> line.group(1)).filter(thread -> !thread.equals(main))
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(byOthers.values()).as("classes by thread, of %d", lines.size()).anyMatch(count -> count > lines.size() / 2);
    }

    /** The lines of the log of classes of the jar and its libraries until the first response. The second group of each is the class. */
    private List<MatchResult> classes(Pattern line, String... program) throws Exception {
        Path log = folder.resolve("classes.txt");
        try (LoopbackUpstream upstream = new LoopbackUpstream()) {
            Path settings = Files.writeString(folder.resolve("settings.yaml"), """
                    rate_limit: { tpm: 1000000 }
                    instances: [ { name: one, provider_type: generic, api_base: "http://127.0.0.1:%d/v1", supported_models: [gpt-4o] } ]
                    """.formatted(upstream.port()));
            List<String> command = new ArrayList<>(List.of("env", "GATEWAY_CONFIG=" + settings));
            command.addAll(Checkout.shortLived("-Xlog:class+load,class+init:file=" + log + ":tid"));
            command.addAll(List.of(program));
            try (GatewayProcess gateway = GatewayProcess.start(folder, command)) {
                gateway.await("Camel OpenAI Gateway serves");
                assertThat(gateway.send().statusCode()).isEqualTo(200);
                gateway.await("access - request_id=");
                return Files.readAllLines(log).stream().map(line::matcher).filter(Matcher::lookingAt).map(Matcher::toMatchResult).toList();
            }
        }
    }
}
