package dev.openaigateway.upstream.connection;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;

/** Whether the body of an upstream's response marks its end. If not, a connection that breaks looks like its end. */
public final class BodyEnd {

    private static final String MARKED = BodyEnd.class.getName();

    private BodyEnd() {
    }

    /** Takes note of the head of a response, before its body is read. */
    public static void note(Exchange exchange, ClassicHttpResponse response) {
        exchange.setProperty(MARKED, response.containsHeader(HttpHeaders.TRANSFER_ENCODING) || response.containsHeader(HttpHeaders.CONTENT_LENGTH));
    }

    /** False also if it is not known. */
    public static boolean isMarked(Message response) {
        return response.getExchange().getProperty(MARKED, false, Boolean.class);
    }
}
