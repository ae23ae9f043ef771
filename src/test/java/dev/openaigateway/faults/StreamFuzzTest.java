package dev.openaigateway.faults;

import dev.openaigateway.support.HttpReply;
import dev.openaigateway.support.Line;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Streams of every protocol, cut at each byte, split, delayed and damaged. Nothing cut is passed off as whole, and nothing whole
 * as broken. The seed is fixed; each case names what was done.
 */
class StreamFuzzTest extends TwoInstances {

    private static final int CLIENTS = 4;
    private static final String BROKEN = "upstream_stream_error";
    private static final List<String> LINE_ENDS = List.of("\n", "\r\n", "\r");

    private final Map<String, Reply> scripts = new ConcurrentHashMap<>();
    private final Random random = new Random(20260711);

    @Override
    String moreSettings() {
        return "streams: { keep_alive: 0.15 }";
    }

    @BeforeEach
    void respondByCase() {
        first.respond(request -> scripts.get(caseOf(request)));
        second.respond(request -> Reply.error(400, "second", "the second instance was called"));
    }

    @Test
    void shouldTellCutStreamsFromWholeOnesAtEveryByte() throws Exception {
        List<Callable<Void>> cases = new ArrayList<>();
        for (StreamSample sample : StreamSample.ALL) {
            int longest = sample.bytes("\r\n").length;
            for (int cut = 0; cut <= longest; cut++) {
                String lineEnd = LINE_ENDS.get(random.nextInt(LINE_ENDS.size()));
                byte[] whole = sample.bytes(lineEnd);
                boolean clean = random.nextBoolean();
                if (cut <= whole.length) {
                    cases.add(cutting(sample, whole, lineEnd, cut, clean, 1 + random.nextInt(200)));
                }
            }
        }
        run(cases);
    }

    private Callable<Void> cutting(StreamSample sample, byte[] whole, String lineEnd, int cut, boolean clean, int pieces) {
        String name = "%s, line end %s, cut at %d of %d, %s end, pieces of %d".formatted(sample.path(), lineEnd.replace("\r", "CR").replace("\n", "LF"),
                cut, whole.length, clean ? "clean" : "broken", pieces);
        return () -> {
            RawResponse response = send(sample, name, sending(Arrays.copyOf(whole, cut), pieces, clean));
            String text = response.text();
            if (response.status() != 200 || text.contains("the second instance")) {
                assertThat(cut).as("failed over: %s, %s", name, text).isLessThan(afterBlankLine(sample, lineEnd));
            } else if (cut < sample.endOf(sample.last(), lineEnd)) {
                assertThat(text).as(name).contains(BROKEN);
            } else {
                assertThat(text).as(name).doesNotContain("error");
                assertThat(lines(new String(whole, StandardCharsets.UTF_8))).as(name).startsWith(lines(withoutKeepAlive(text)));
            }
            assertThat(response.complete()).as(name).isTrue();
            return null;
        };
    }

    /** The gateway sends it where the stream pauses, and where the machine of the test does. */
    private static String withoutKeepAlive(String text) {
        return text.replace(": keep-alive\n\n", "");
    }

    private static int afterBlankLine(StreamSample sample, String lineEnd) {
        return sample.endOf(sample.first(), lineEnd) + 2 * lineEnd.length();
    }

    @Test
    void shouldPassOnWholeStreamsInAnyPiecesAndWithAnySilence() throws Exception {
        List<Callable<Void>> cases = new ArrayList<>();
        for (StreamSample sample : StreamSample.ALL) {
            for (int i = 0; i < 40; i++) {
                String lineEnd = LINE_ENDS.get(i % LINE_ENDS.size());
                int pieces = 1 + random.nextInt(i % 2 == 0 ? 5 : 300);
                int pause = i < 8 ? 1 + random.nextInt(sample.bytes(lineEnd).length / pieces + 1) : 0;
                cases.add(splitting(sample, lineEnd, pieces, pause));
            }
        }
        run(cases);
    }

    private Callable<Void> splitting(StreamSample sample, String lineEnd, int pieces, int pause) {
        String name = "%s, line end of %d, pieces of %d, pause before piece %d".formatted(sample.path(), lineEnd.length(), pieces, pause);
        byte[] whole = sample.bytes(lineEnd);
        return () -> {
            RawResponse response = send(sample, name, (line, request) -> {
                head(line, true);
                for (int from = 0, piece = 1; from < whole.length; from += pieces, piece++) {
                    if (piece == pause) {
                        line.pause(Duration.ofMillis(350));
                    }
                    line.chunk(Arrays.copyOfRange(whole, from, Math.min(whole.length, from + pieces))).flush();
                }
                line.lastChunk();
            });
            assertThat(lines(withoutKeepAlive(response.text()))).as(name).isEqualTo(lines(new String(whole, StandardCharsets.UTF_8)));
            return null;
        };
    }

    @Test
    void shouldEndEveryDamagedStream() throws Exception {
        List<Callable<Void>> cases = new ArrayList<>();
        for (StreamSample sample : StreamSample.ALL) {
            for (int i = 0; i < 150; i++) {
                byte[] bytes = sample.bytes(LINE_ENDS.get(i % LINE_ENDS.size()));
                int at = random.nextInt(bytes.length);
                bytes[at] = (byte) random.nextInt(256);
                cases.add(damaged(sample, "%s, byte %d is %d, case %d".formatted(sample.path(), at, bytes[at], i), bytes));
            }
        }
        run(cases);
    }

    private Callable<Void> damaged(StreamSample sample, String name, byte[] bytes) {
        String end = sample.events().get(sample.last()).replaceAll("(?s).*(\"finish_reason\":\"|\"type\":\")([a-z_.]+)\".*", "$2");
        return () -> {
            String text = send(sample, name, sending(bytes, 1000, true)).text();
            assertThat(text.contains("error") || text.contains(end) || text.contains("[DONE]")).as("%s: %s", name, text).isTrue();
            return null;
        };
    }

    @Test
    void shouldNotPassOffCutSoundAsWhole() throws Exception {
        byte[] sound = new byte[120];
        random.nextBytes(sound);
        HttpReply whole = Reply.body(200, "audio/mpeg", sound);
        StreamSample speech = new StreamSample("/v1/audio/speech", "\"voice\":\"alloy\",\"input\":\"Hi\"", List.of(), 0, 0);
        List<Callable<Void>> cases = new ArrayList<>();
        for (int cut = 0; cut < sound.length; cut++) {
            boolean chunked = random.nextBoolean();
            Reply reply = (chunked ? whole.chunked(1 + random.nextInt(20)) : whole).closeAfter(cut);
            String name = "cut at " + cut + (chunked ? " of chunks" : "");
            cases.add(() -> {
                RawResponse response = send(speech, name, reply);
                assertThat(response.status() == 200 && response.complete()).as(name).isFalse();
                return null;
            });
        }
        run(cases);
    }

    private void run(List<Callable<Void>> cases) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            for (Future<Void> done : clients.invokeAll(cases)) {
                done.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private RawResponse send(StreamSample sample, String name, Reply reply) {
        scripts.put(name, reply);
        try (RawClient client = client().post(sample.path(), sample.body("\"user\":\"" + name + "\","))) {
            return client.response();
        }
    }

    private static String caseOf(RecordedRequest request) {
        return request.text().replaceAll("(?s).*\"user\":\"([^\"]*)\".*", "$1");
    }

    private static Reply sending(byte[] bytes, int pieces, boolean clean) {
        return (line, request) -> {
            head(line, !clean);
            for (int from = 0; from < bytes.length; from += pieces) {
                byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + pieces));
                (clean ? line.write(piece) : line.chunk(piece)).flush();
            }
            line.close();
        };
    }

    private static void head(Line line, boolean chunked) throws IOException {
        line.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n" + (chunked ? "Transfer-Encoding: chunked" : "Connection: close") + "\r\n\r\n")
                .flush();
    }

    /** The text without regard to line ends and blank lines. */
    private static String lines(String text) {
        return text.replaceAll("[\\r\\n]+", "\n").strip();
    }
}
