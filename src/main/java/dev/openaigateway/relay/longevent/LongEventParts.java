package dev.openaigateway.relay.longevent;

import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.response.LongEvent;
import dev.openaigateway.openai.response.StreamEvent;
import dev.openaigateway.upstream.ErrorsUnderSuccess;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** An event that is too long to be held, while its parts pass: read, its texts counted by their raw bytes, and without secrets. Not thread-safe. */
public final class LongEventParts {

    private final LongEvent read = new LongEvent();
    private final LongEventMask masked;
    private final LongTexts texts = new LongTexts();

    public LongEventParts(ErrorsUnderSuccess errors) {
        this.masked = new LongEventMask(errors.rewriter(), errors::masked);
    }

    /**
     * Takes the next bytes.
     *
     * @param counter null if nothing counts the response
     * @param passed  gets what the client gets of the event
     */
    public void pass(byte[] bytes, int start, int end, CompletionCounter counter, Consumer<byte[]> passed) {
        read.see(bytes, start, end);
        texts.see(bytes, start, end, isPiece(read.event().type()) ? counter : null);
        masked.pass(bytes, start, end, passed);
    }

    /** Takes the last bytes, and returns what the client gets last. */
    public byte[] end(byte[] bytes, int start, int end, CompletionCounter counter) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream(end - start);
        pass(bytes, start, end, counter, rest::writeBytes);
        masked.end(rest::writeBytes);
        return rest.toByteArray();
    }

    /** Whether the data was seen to its end. */
    public boolean isComplete() {
        return read.isComplete();
    }

    /** What was read. */
    public StreamEvent event() {
        return read.event();
    }

    /** Events of another type, such as an image or a whole response, have no text, or repeat it. Those of a chat have no type. */
    private static boolean isPiece(String type) {
        return type == null || type.endsWith(".delta") && !StreamEvent.isSound(type);
    }
}
