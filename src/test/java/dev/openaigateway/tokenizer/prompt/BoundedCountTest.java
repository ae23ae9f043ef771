package dev.openaigateway.tokenizer.prompt;

import dev.openaigateway.support.ProcessTest;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Counts hostile prompts in a process with a heap of 256 MB. The best of twenty runs counts, as the machine may be busy. */
@ProcessTest
class BoundedCountTest {

    private static final long MAX_MILLIS = 150;
    /** For bodies of 10 MB that consist almost entirely of structure, all of which has to be parsed. */
    private static final long MAX_MILLIS_OF_PARTS = 400;

    @Test
    void shouldCountHostilePromptsQuicklyInASmallHeap() throws Exception {
        // given
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder small = new ProcessBuilder(List.of(java, "-Xmx256m", "-cp",
                System.getProperty("java.class.path"), Small.class.getName())).redirectErrorStream(true);

        // when
        Process process = small.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // then
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        assertThat(output.lines()).as(output).hasSize(8)
                .allSatisfy(line -> assertThat(line).endsWith("in time"));
    }

    static final class Small {

        public static void main(String[] args) {
            for (int warm = 0; warm < 3; warm++) {
                count(prose(100_000));
                count(ideographs(20_000));
            }
            report(prose(10_000_000), MAX_MILLIS);
            report("a".repeat(2_000_000), MAX_MILLIS);
            report(ideographs(1_000_000), MAX_MILLIS);
            report(" ".repeat(2_000_000), MAX_MILLIS);
            report("a\"},{\"role\":\"user\",\"content\":\"".repeat(330_000), MAX_MILLIS_OF_PARTS);
            report("a\",\"data\":\"%s\"},{\"content\":\"".formatted("A".repeat(100)).repeat(80_000), MAX_MILLIS_OF_PARTS);
            report("a\"}],\"tools\":[{\"type\":\"x\"},%s{\"type\":\"".formatted("{\"type\":\"x\",\"data\":\"%s\"},".formatted("A".repeat(100)).repeat(80_000)),
                    MAX_MILLIS_OF_PARTS);
            report("a\"}],\"prompt\":[" + "1,".repeat(5_000_000) + "1],\"messages\":[{\"content\":\"", MAX_MILLIS_OF_PARTS);
        }

        /** Each run counts another text, as a text that is known is not counted again. */
        private static void report(String prompt, long maxMillis) {
            long best = Long.MAX_VALUE;
            long tokens = 0;
            for (int run = 0; run < 20 && best > maxMillis * 1_000_000; run++) {
                byte[] body = body(run + prompt);
                long start = System.nanoTime();
                tokens = PromptCounter.count(PromptKind.CHAT, body, "gpt-4o", Optional.empty()).prompt();
                best = Math.min(best, System.nanoTime() - start);
            }
            System.out.println(best / 1_000_000 + " ms, " + tokens + " tokens, "
                    + (best <= maxMillis * 1_000_000 ? "in time" : "too late"));
        }

        private static void count(String prompt) {
            PromptCounter.count(PromptKind.CHAT, body(prompt), "gpt-4o", Optional.empty());
        }

        private static byte[] body(String prompt) {
            return ("{\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}").getBytes(StandardCharsets.UTF_8);
        }

        private static String prose(int length) {
            return "It was the best of times, it was the worst of times. ".repeat(length / 50).substring(0, length);
        }

        private static String ideographs(int length) {
            return new Random(1).ints(length, 0x4E00, 0x9FFF)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        }
    }
}
