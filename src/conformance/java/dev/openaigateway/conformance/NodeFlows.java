package dev.openaigateway.conformance;

import dev.openaigateway.support.Checkout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The flows of openai-node, in {@code src/conformance/node}. npm installs the SDK of the lock file into {@code target}. */
final class NodeFlows {

    private static final Path SOURCE = Checkout.FOLDER.resolve("src/conformance/node");
    private static final Path FOLDER = Checkout.FOLDER.resolve("target/conformance-node");
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "flows.mjs");

    private NodeFlows() {
    }

    /** Whether there was no difference, or they could not be run because there is no npm. */
    static boolean same(String direct, String through) throws IOException, InterruptedException {
        if (!isThere("node") || !isThere("npm")) {
            System.out.println("conformance: the flows of openai-node were NOT run, because node or npm is not installed");
            return true;
        }
        Files.createDirectories(FOLDER);
        for (String file : FILES) {
            Files.write(FOLDER.resolve(file), Files.readAllBytes(SOURCE.resolve(file)));
        }
        if (run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error") != 0) {
            System.out.println("conformance: the flows of openai-node were NOT run, because npm could not install the SDK");
            return false;
        }
        return run("node", "flows.mjs", direct, through) == 0;
    }

    private static boolean isThere(String command) throws InterruptedException {
        try {
            return new ProcessBuilder(command, "--version").redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).directory(FOLDER.toFile()).inheritIO().start().waitFor();
    }
}
