package dev.openaigateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The gateway as a user starts it, {@code java -jar}, in a folder of its own. */
final class GatewayProcess implements Part {

    private static final Path JAR = Path.of(System.getProperty("bench.jar", "target/openai-gateway.jar")).toAbsolutePath();

    private final Process process;
    private final int port;
    private final Duration toFirstAnswer;

    private GatewayProcess(Process process, int port, Duration toFirstAnswer) {
        this.process = process;
        this.port = port;
        this.toFirstAnswer = toFirstAnswer;
    }

    /** Starts it with those settings, and waits until it is ready and has answered a chat completion. */
    static GatewayProcess start(GatewaySettings settings, String... jvmArgs) throws InterruptedException {
        if (!Files.exists(JAR)) {
            throw new BrokenRun("no " + JAR);
        }
        int port = FreePort.find();
        long begin = System.nanoTime();
        Process process = launch(settings, port, jvmArgs);
        try {
            Probe probe = new Probe(port);
            probe.awaitAnswer(process);
            Duration toFirstAnswer = Duration.ofNanos(System.nanoTime() - begin);
            probe.awaitReady("/health/ready", process);
            return new GatewayProcess(process, port, toFirstAnswer);
        } catch (BrokenRun e) {
            process.destroyForcibly();
            throw new BrokenRun("the gateway did not come up: " + e.getMessage());
        }
    }

    private static Process launch(GatewaySettings settings, int port, String... jvmArgs) {
        List<String> command = new ArrayList<>(List.of(ChildJvm.java()));
        command.addAll(List.of(jvmArgs));
        command.addAll(List.of("-jar", JAR.toString()));
        try {
            Path folder = Files.createTempDirectory("gateway-bench");
            Path file = Files.writeString(folder.resolve("bench.yaml"), settings.yaml());
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(folder.resolve("gateway.log").toFile());
            builder.environment().put("GATEWAY_CONFIG", file.toString());
            builder.environment().put("PORT", Integer.toString(port));
            builder.environment().put("HOST", "127.0.0.1");
            System.out.println("gateway on port " + port + ", its log: " + folder.resolve("gateway.log"));
            return Part.endWithUs(builder.start());
        } catch (IOException e) {
            throw new BrokenRun("start of the gateway", e);
        }
    }

    Target target() {
        return new Target(Target.GATEWAY, port);
    }

    Duration toFirstAnswer() {
        return toFirstAnswer;
    }

    String residentMemory() {
        return Memory.resident(process);
    }

    String peakMemory() {
        return Memory.peak(process);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
