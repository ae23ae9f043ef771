package dev.openaigateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The gateway as a user starts it, with {@code java -jar}, in its own working directory. */
final class GatewayUnderTest implements Part {

    private static final String JAR = System.getProperty("bench.jar", "target/openai-gateway.jar");
    private static final String EARLIER = System.getProperty("bench.earlier", "");

    private static final String ALERT = " alert - ";

    private final String name;
    private final Process process;
    private final int port;
    private final Path log;
    private final Duration toFirstResponse;
    private final Duration cpuToReady;

    private GatewayUnderTest(String name, Process process, int port, Path log, Duration toFirstResponse) {
        this.name = name;
        this.process = process;
        this.port = port;
        this.log = log;
        this.toFirstResponse = toFirstResponse;
        this.cpuToReady = target().cpu();
    }

    /** Starts the gateway and waits until it has served a chat completion and is ready. */
    static GatewayUnderTest start(GatewayFiles settings, String... jvmArgs) throws InterruptedException {
        return start(Target.GATEWAY, settings, jvmArgs);
    }

    /** @param environment further variables of the process */
    static GatewayUnderTest start(GatewayFiles settings, Map<String, String> environment, String... jvmArgs) throws InterruptedException {
        return start(Target.GATEWAY, settings, environment, jvmArgs);
    }

    /** The builds to compare: the one named by {@code bench.earlier}, if set, and the current one. */
    static List<String> builds() {
        return EARLIER.isBlank() ? List.of(Target.GATEWAY) : List.of(Target.EARLIER, Target.GATEWAY);
    }

    static GatewayUnderTest start(String name, GatewayFiles settings, String... jvmArgs) throws InterruptedException {
        return start(name, settings, Map.of(), jvmArgs);
    }

    private static GatewayUnderTest start(String name, GatewayFiles settings, Map<String, String> environment, String... jvmArgs)
            throws InterruptedException {
        int port = FreePort.find();
        Path log = folder().resolve("gateway.log");
        long begin = System.nanoTime();
        Process process = launch(jar(name), settings, environment, port, log, jvmArgs);
        try {
            ReadinessProbe probe = new ReadinessProbe(port);
            probe.awaitResponse(process);
            Duration toFirstResponse = Duration.ofNanos(System.nanoTime() - begin);
            probe.awaitReady("/health/ready", process);
            return new GatewayUnderTest(name, process, port, log, toFirstResponse);
        } catch (BrokenRunException e) {
            process.destroyForcibly();
            throw new BrokenRunException("the gateway did not start: " + e.getMessage());
        }
    }

    /** The jar of a build. */
    static Path jar(String name) {
        Path jar = Path.of(name.equals(Target.EARLIER) ? EARLIER : JAR).toAbsolutePath();
        if (!Files.exists(jar)) {
            throw new BrokenRunException("no " + jar);
        }
        return jar;
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("gateway-bench");
        } catch (IOException e) {
            throw new BrokenRunException("a folder for the gateway", e);
        }
    }

    private static Process launch(Path jar, GatewayFiles settings, Map<String, String> environment, int port, Path log, String... jvmArgs) {
        List<String> command = new ArrayList<>(List.of(ChildJvm.java()));
        command.addAll(List.of(jvmArgs));
        command.addAll(List.of("-jar", jar.toString()));
        try {
            settings.write(log.getParent());
            ProcessBuilder builder = new ProcessBuilder(command).directory(log.getParent().toFile()).redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            builder.environment().put("GATEWAY_CONFIG", log.resolveSibling(GatewayFiles.FILE).toString());
            builder.environment().put("PORT", Integer.toString(port));
            builder.environment().put("HOST", "127.0.0.1");
            System.out.println("gateway on port " + port + ", log: " + log);
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

    /** The CPU time from the start of the process until it was ready. */
    Duration cpuToReady() {
        return cpuToReady;
    }

    /** The number of alerts in the log. */
    long alerts() {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(ALERT)).count();
        } catch (IOException e) {
            throw new BrokenRunException("reading " + log, e);
        }
    }

    /** 0 if it is unknown. */
    double residentMegabytes() {
        return Memory.megabytes(process);
    }

    String residentMemory() {
        return Memory.resident(process);
    }

    /** 0 if it is unknown. */
    double peakMegabytes() {
        return Memory.peakMegabytes(process);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
