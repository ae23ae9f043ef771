package dev.openaigateway.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.openaigateway.openai.body.JsonBodyReader;
import dev.openaigateway.tokenizer.prompt.PromptCounter;
import dev.openaigateway.tokenizer.prompt.PromptKind;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Megabytes a second of CPU time on one thread: reading a body, counting a known one, counting fresh text. */
final class TextRow implements Row {

    private static final int FRESH_BYTES = 40 * AgentPrompts.KB;
    private static final int TEXTS = 20;
    private static final int ROUNDS = 40;
    private static final double FRESH = 40;
    private static final JsonFactory JSON = new JsonFactory();

    private long results;

    @Override
    public String title() {
        return "texts on one core";
    }

    @Override
    public List<Result> measure(Setup setup) {
        Supplier<Buffer> growing = new AgentPrompts(AgentPrompts.MB).growing();
        List<byte[]> bodies = Stream.generate(() -> growing.get().getBytes()).limit(TEXTS).toList();
        double parser = best(() -> bodies, TextRow::parse);
        double read = best(() -> bodies, body -> JsonBodyReader.read(body).bytes().length);
        double known = best(() -> bodies, body -> count(PromptKind.CHAT, body));
        return List.of(
                new Result(title() + ", read a body of 1 MB, MB/s").value(Target.GATEWAY, "%,.0f".formatted(read))
                        .show("%.2f of a parser's %,.0f".formatted(read / parser, parser)),
                new Result(title() + ", count a known body of 1 MB, MB/s").value(Target.GATEWAY, "%,.0f".formatted(known))
                        .show("%.2f of a parser's".formatted(known / parser)),
                fresh());
    }

    private Result fresh() {
        AgentPrompts prompts = new AgentPrompts(FRESH_BYTES);
        double fresh = best(() -> Stream.generate(() -> completion(prompts.freshText(FRESH_BYTES))).limit(TEXTS).toList(),
                body -> count(PromptKind.COMPLETIONS, body));
        Encoding jtokkit = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
        List<String> texts = Stream.generate(() -> prompts.freshText(FRESH_BYTES)).limit(TEXTS).toList();
        double library = best(() -> texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList(),
                text -> jtokkit.countTokensOrdinary(new String(text, StandardCharsets.UTF_8)));
        boolean same = texts.stream().allMatch(text -> count(PromptKind.COMPLETIONS, completion(text)) == jtokkit.countTokensOrdinary(text));
        return new Result(title() + ", count fresh text, MB/s").value(Target.GATEWAY, "%,.0f".formatted(fresh))
                .require("%.1f of jtokkit, %s counts".formatted(fresh / library, same ? "same" : "OTHER"), ">= %,.0f".formatted(FRESH),
                        same && fresh >= FRESH);
    }

    /** The best of several rounds, the first of which warm up. */
    private double best(Supplier<List<byte[]>> texts, ToLongFunction<byte[]> work) {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            List<byte[]> each = texts.get();
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long bytes = 0;
            for (byte[] text : each) {
                results += work.applyAsLong(text);
                bytes += text.length;
            }
            long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
            best = Math.max(best, bytes * 1e3 / nanos);
        }
        return best;
    }

    private static byte[] completion(String text) {
        return new JsonObject().put("prompt", text).toBuffer().getBytes();
    }

    private static long count(PromptKind kind, byte[] body) {
        return PromptCounter.count(kind, body, Chat.MODEL, Optional.empty()).prompt();
    }

    private static long parse(byte[] body) {
        long tokens = 0;
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
            return tokens;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
