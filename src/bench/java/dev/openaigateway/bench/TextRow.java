package dev.openaigateway.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.openaigateway.openai.JsonBodyReader;
import dev.openaigateway.tokenizer.PromptCounter;
import dev.openaigateway.tokenizer.PromptKind;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Megabytes of prompts per second of CPU time, on one thread: reading a body, counting a known prompt, and counting a fresh text. */
final class TextRow implements Row {

    private static final int KB = 1024;
    private static final int BODIES = 40;
    private static final double FRESH = 40;
    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public String title() {
        return "texts on one core";
    }

    @Override
    public List<Result> measure(Setup setup) {
        List<byte[]> bodies = bodies(new AgentPrompts(KB * KB));
        double parsed = best(setup, bodies, TextRow::parse);
        double read = best(setup, bodies, body -> JsonBodyReader.read(body).bytes().length);
        double known = best(setup, bodies, TextRow::count);
        List<String> texts = Stream.generate(new AgentPrompts(0)::freshText).limit(2_000).toList();
        Encoding library = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
        List<byte[]> fresh = texts.stream().map(text -> ("{\"prompt\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8)).toList();
        List<byte[]> plain = texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
        return List.of();
    }
}
