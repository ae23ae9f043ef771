package dev.openaigateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The gateway as a user starts it, with {@code java -jar}, in its own working directory. */
final class GatewayUnderTest implements Part {

    private static final String JAR = System.getProperty("bench.jar", "target/openai-gateway.jar");
    private static final String EARLIER = System.getProperty("bench.earlier", "");

    private final String name;
    private final Process process;
    private final int port;
    private final Duration toFirstResponse;

    private GatewayUnderTest(String name, Process process, int port, Duration toFirstResponse) {
        this.name = name;
        this.process = process;
        this.port = port;
        this.toFirstResponse = toFirstResponse;
    }

    /** Starts the gateway and waits until it has served a chat completion and is ready. */
    static GatewayUnderTest start(GatewaySettings settings, String... jvmArgs) throws InterruptedException {
        return start(Target.GATEWAY, settings, jvmArgs);
    }

    /** The builds to compare: the one named by {@code bench.earlier}, if set, and the current one. */
    static List<String> builds() {
        return EARLIER.isBlank() ? List.of(Target.GATEWAY) : List.of(Target.EARLIER, Target.GATEWAY);
    }

    /** The jar of a build, with its libraries beside it. */
    static Path jar(String build) {
        Path jar = Path.of(build.equals(Target.EARLIER) ? EARLIER : JAR).toAbsolutePath();
        if (!Files.exists(jar)) {
            throw new BrokenRunException("no " + jar);
        }
        return jar;
    }

    static GatewayUnderTest start(String name, GatewaySettings settings, String... jvmArgs) throws InterruptedException {
        Path jar = jar(name);
        int port = FreePort.find();
        long begin = System.nanoTime();
        Process process = launch(jar, settings, port, jvmArgs);
        try {
            ReadinessProbe probe = new ReadinessProbe(port);
            probe.awaitResponse(process);
            Duration toFirstResponse = Duration.ofNanos(System.nanoTime() - begin);
            probe.awaitReady("/health/ready", process);
            return new GatewayUnderTest(name, process, port, toFirstResponse);
        } catch (BrokenRunException e) {
            process.destroyForcibly();
            throw new BrokenRunException("the gateway did not start: " + e.getMessage());
        }
    }

    private static Process launch(Path jar, GatewaySettings settings, int port, String... jvmArgs) {
        List<String> command = new ArrayList<>(List.of(ChildJvm.java()));
        command.addAll(List.of(jvmArgs));
        command.addAll(List.of("-jar", jar.toString()));
        try {
            Path folder = Files.createTempDirectory("gateway-bench");
            settings.write(folder);
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(folder.resolve("gateway.log").toFile());
            builder.environment().put("GATEWAY_CONFIG", folder.resolve(GatewaySettings.FILE).toString());
            builder.environment().put("PORT", Integer.toString(port));
            builder.environment().put("HOST", "127.0.0.1");
            System.out.println("gateway on port " + port + ", log: " + folder.resolve("gateway.log"));
            return Part.endWithUs(builder.start());
        } catch (IOException e) {
            throw new BrokenRunException("start of the gateway", e);
        }
    }

    Target target() {
        return new Target(name, port, process.toHandle());
    }

    Duration toFirstResponse() {
        return toFirstResponse;
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
