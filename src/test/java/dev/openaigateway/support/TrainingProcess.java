package dev.openaigateway.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One short run of the traffic with which the start-up cache of the container image is made, in its own process. */
public final class TrainingProcess {

    private TrainingProcess() {
    }

    /**
     * Blocks until it has ended.
     *
     * @throws AssertionError if the training fails, with its output
     */
    public static void run(String... jvmOptions) throws IOException {
        List<String> command = new ArrayList<>(Checkout.shortLived(jvmOptions));
        command.addAll(List.of("-cp", Checkout.JAR.toString(), "dev.openaigateway.app.Training", "1"));
        Process training = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(training.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (training.waitFor() != 0) {
                throw new AssertionError("The training failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
