package dev.openaigateway.app;

import dev.openaigateway.openai.JsonBodyReader;
import org.apache.camel.spi.ExecutorServiceManager;

import java.nio.charset.StandardCharsets;

/**
 * Loads Jackson's parser while the gateway starts, on a thread of its own. The first request would otherwise wait for it: in Java 25
 * its constants, of type {@code BigDecimal}, take a tenth of a second of CPU time (benchmark row "start to first response").
 */
final class FirstRequest {

    private static final byte[] BODY = "{\"model\":\"any\",\"messages\":[]}".getBytes(StandardCharsets.US_ASCII);

    private FirstRequest() {
    }

    /** Returns at once. A request that comes before the thread has ended waits for the rest. */
    static void prepare(ExecutorServiceManager threads) {
        threads.newThread("first-request", () -> JsonBodyReader.read(BODY)).start();
    }
}
