package dev.openaigateway.relay;

import dev.openaigateway.provider.ResponseReader;
import dev.openaigateway.routing.Attempt;

import java.io.IOException;
import java.io.InputStream;

/** A JSON response that the client does not get, because it is too long to be converted or cannot be read. The upstream bills it all the same. */
final class UnsentBody {

    /** In bytes. The client waits meanwhile. */
    private static final int MOST_READ = 2 * BufferedRelay.LARGEST_TRANSLATED;

    private UnsentBody() {
    }

    /**
     * Records the usage that the body reports, if it can be found without holding the body.
     *
     * @param beginning what was read of the body
     * @throws IOException if the upstream breaks the body off, so that it has not responded
     */
    static void drainForUsage(Attempt attempt, ResponseReader reader, byte[] beginning, InputStream rest) throws IOException {
        if (reader.translates()) {
            return;
        }
        reader.passing(beginning, beginning.length);
        byte[] piece = new byte[8 * 1024];
        int total = 0;
        for (int read = rest.read(piece); read >= 0 && total < MOST_READ; read = rest.read(piece)) {
            reader.passing(piece, read);
            total += read;
        }
        attempt.received();
        attempt.call().used(reader.usage(), true);
    }
}
