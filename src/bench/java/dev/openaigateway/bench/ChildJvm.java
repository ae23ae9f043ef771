package dev.openaigateway.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A main class of the benchmark, running in its own JVM. */
final class ChildJvm implements Part {

    private static final String LISTENING = "listening ";

    private final Process process;
    private final int port;

    private ChildJvm(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts the class and waits until it has announced its port. */
    static ChildJvm start(Class<?> main, String... args) {
        List<String> command = new ArrayList<>(List.of(java(), "-Xmx1g",
                "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        try {
            Process process = Part.endWithUs(
                    new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
            BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            if (line == null || !line.startsWith(LISTENING)) {
                process.destroyForcibly();
                throw new BrokenRunException(main.getSimpleName() + " did not start");
            }
            return new ChildJvm(process, Integer.parseInt(line.substring(LISTENING.length())));
        } catch (IOException e) {
            throw new BrokenRunException("start of " + main.getSimpleName(), e);
        }
    }

    /** Called in the child JVM once it accepts connections. */
    static void announce(int port) {
        System.out.println(LISTENING + port);
    }

    static String java() {
        return System.getProperty("java.home") + "/bin/java";
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
