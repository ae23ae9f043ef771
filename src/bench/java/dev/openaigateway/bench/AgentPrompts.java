package dev.openaigateway.bench;

import io.vertx.core.buffer.Buffer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Bodies as an agent sends them: twenty tools and a history of messages of 2 KB, half prose and half code. No two messages
 * are the same, as each begins with a number of its own. Not thread-safe.
 */
final class AgentPrompts {

    static final int KB = 1024;
    static final int MB = 1024 * KB;
    /** As many agents work at once. */
    static final int CONNECTIONS = 4;

    private static final int MESSAGE_BYTES = 2 * KB;
    private static final int TURNS = 3;
    private static final String[] WORDS = ("the of and a to in is that it for was on are with as his they be at one have this from or had by hot word "
            + "but what some we can out other were all there when up use your how said an each she which do their time if will way about many "
            + "then them write would like so these her long make thing see him two has look more day could go come did number sound no most "
            + "request response buffer index offset readResource getAttempt maxRetries instanceOf connectionPool handlerFactory").split(" ");
    private static final String[] CODE = {"\\n    return ", ";\\n", "(", ") {\\n        ", " = new ", "\\n\\n", ".get(0)", " != null", " \\\"", "\\\" ", ", ", ". ", " 42", "[i]"};

    private final Random random = new Random(1);
    private final List<byte[]> texts = new ArrayList<>();
    private final byte[] tools;
    private final int messages;
    private long number;

    AgentPrompts(int bytes) {
        tools = tools().getBytes(StandardCharsets.US_ASCII);
        messages = Math.max(TURNS + 1, (bytes - tools.length) / MESSAGE_BYTES);
        for (int i = 0; i < 64; i++) {
            texts.add(text().getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Each body is that of the request before and one more message; after three turns, the conversation goes another way. */
    Supplier<Buffer> growing() {
        Buffer start = conversation(messages - TURNS);
        Buffer[] last = {start};
        int[] turn = {0};
        return () -> {
            last[0] = append((turn[0]++ % TURNS == 0 ? start : last[0]).copy());
            return last[0].copy().appendString("]}");
        };
    }

    /** Only the tools are those of the request before. */
    Supplier<Buffer> fresh() {
        return () -> conversation(messages).appendString("]}");
    }

    /** A text of messages that were not sent before. */
    String freshText(int bytes) {
        StringBuilder text = new StringBuilder();
        while (text.length() < bytes) {
            text.append(number++).append(new String(texts.get(random.nextInt(texts.size())), StandardCharsets.US_ASCII).translateEscapes());
        }
        return text.toString();
    }

    private Buffer conversation(int length) {
        Buffer body = Buffer.buffer(tools.length + (length + 1) * MESSAGE_BYTES).appendBytes(tools);
        for (int i = 0; i < length; i++) {
            append(body);
        }
        return body;
    }

    private Buffer append(Buffer body) {
        boolean first = body.getByte(body.length() - 1) == '[';
        return body.appendString((first ? "" : ",") + "{\"role\":\"user\",\"content\":\"" + number++ + " ")
                .appendBytes(texts.get(random.nextInt(texts.size()))).appendString("\"}");
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        while (text.length() < MESSAGE_BYTES - 48) {
            boolean code = random.nextInt(4) == 0;
            text.append(code ? CODE[random.nextInt(CODE.length)] : " " + WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    private static String tools() {
        StringBuilder body = new StringBuilder("{\"model\":\"" + Chat.MODEL + "\",\"max_tokens\":50,\"prompt_cache_key\":\"session-1\",\"tools\":[");
        for (int i = 0; i < 20; i++) {
            body.append(i == 0 ? "" : ",").append("{\"type\":\"function\",\"function\":{\"name\":\"tool_").append(i)
                    .append("\",\"description\":\"").append("Reads a file of the workspace and returns its lines. ".repeat(4))
                    .append("\",\"parameters\":{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"}},\"required\":[\"path\"]}}}");
        }
        return body.append("],\"messages\":[").toString();
    }
}
