package dev.openaigateway.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Runs a check in a second JVM that does not optimise its code. A check runs most code only once, so the optimising compiler takes half
 * of its CPU time and gains nothing (benchmark row "check of a folder"). The flag for that cannot be given in a jar.
 */
final class CheckProcess {

    private static final String MARK = "gateway.check.process";

    private CheckProcess() {
    }

    /** Returns the exit status of the second JVM; empty if this one has to do the work, since the system does not show its command line. */
    static OptionalInt run() {
        ProcessHandle.Info own = ProcessHandle.current().info();
        if (System.getProperty(MARK) != null || own.command().isEmpty() || own.arguments().isEmpty()) {
            return OptionalInt.empty();
        }
        List<String> command = new ArrayList<>(List.of(own.command().get(), "-XX:TieredStopAtLevel=1", "-D" + MARK + "=true"));
        command.addAll(Arrays.asList(own.arguments().get()));
        try {
            return OptionalInt.of(new ProcessBuilder(command).inheritIO().start().waitFor());
        } catch (IOException e) {
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.of(1);
        }
    }
}
