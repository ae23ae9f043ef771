package dev.openaigateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The time that {@code java -jar openai-gateway.jar check} takes for a folder with rules of its own. */
final class CheckRow implements Row {

    private static final double LIMIT_SECONDS = 3;

    @Override
    public String title() {
        return "check of a folder";
    }

    @Override
    public List<Result> measure(Setup setup) throws InterruptedException {
        Result result = new Result(title() + ", s");
        for (String build : GatewayUnderTest.builds()) {
            List<Double> seconds = new ArrayList<>();
            for (int round = 0; round < setup.plan().repeats(); round++) {
                seconds.add(check(GatewayUnderTest.jar(build), setup.unlimited().withRules(RulesRow.RULES)));
            }
            double median = Median.of(seconds);
            result = result.value(build, "%.2f".formatted(median)).require("", "<= " + LIMIT_SECONDS, median <= LIMIT_SECONDS);
        }
        return List.of(result);
    }

    private static double check(Path jar, GatewaySettings settings) throws InterruptedException {
        try {
            Path folder = Files.createTempDirectory("gateway-bench");
            settings.write(folder);
            ProcessBuilder builder = new ProcessBuilder(ChildJvm.java(), "-jar", jar.toString(), "check").directory(folder.toFile())
                    .redirectErrorStream(true).redirectOutput(folder.resolve("check.log").toFile());
            builder.environment().put("GATEWAY_CONFIG", folder.resolve(GatewaySettings.FILE).toString());
            long begin = System.nanoTime();
            if (Part.endWithUs(builder.start()).waitFor() != 0) {
                throw new BrokenRunException("the check found problems: " + folder.resolve("check.log"));
            }
            return (System.nanoTime() - begin) / 1e9;
        } catch (IOException e) {
            throw new BrokenRunException("check of a folder", e);
        }
    }
}
