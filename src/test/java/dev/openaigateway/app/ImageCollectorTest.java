package dev.openaigateway.app;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.ProcessTest;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The garbage collector that the image's options choose. */
@ProcessTest
class ImageCollectorTest {

    /** On one CPU, as below 1.8 GB of memory, Java would take the serial collector, which keeps all memory that it once had. */
    @Test
    void shouldTakeTheCollectorOfItsOptionsInASmallContainer() throws IOException, InterruptedException {
        String entrypoint = Files.readAllLines(Checkout.FOLDER.resolve("Dockerfile")).stream().filter(line -> line.startsWith("ENTRYPOINT ")).findFirst().orElseThrow();
        List<String> options = new YAMLMapper().readValue(entrypoint.replace("ENTRYPOINT ", ""), new TypeReference<List<String>>() {
        }).stream().filter(word -> word.startsWith("-X") && !word.contains("AOTCache")).toList();
        assertThat(options).contains("-XX:G1PeriodicGCInterval=10000");

        assertThat(collector(options, "")).isEqualTo("UseG1GC");
        assertThat(collector(options, "-XX:+UseSerialGC")).isEqualTo("UseSerialGC");
        assertThat(collector(List.of(), "")).isEqualTo("UseSerialGC");
    }

    private static String collector(List<String> options, String last) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Checkout.JAVA, "-XX:+IgnoreUnrecognizedVMOptions"));
        command.addAll(options);
        command.addAll(List.of("-XX:ActiveProcessorCount=1", "-XX:+PrintFlagsFinal", "-version"));
        ProcessBuilder java = new ProcessBuilder(command).redirectErrorStream(true);
        java.environment().put("_JAVA_OPTIONS", last);
        Process process = java.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().filter(line -> line.matches(" *bool Use(G1|Serial|Parallel)GC +=+ true.*")).map(line -> line.replaceAll(" *bool (\\w+).*", "$1")).findFirst().orElse("");
    }
}
