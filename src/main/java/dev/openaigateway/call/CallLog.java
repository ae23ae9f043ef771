package dev.openaigateway.call;

import org.slf4j.spi.LoggingEventBuilder;

/** Names the request and its trace in a log line. */
public final class CallLog {

    private CallLog() {
    }

    /** @param line to which the names are added */
    public static LoggingEventBuilder about(Call call, LoggingEventBuilder line) {
        return about(call.requestId(), call.labels().traceId(), line);
    }

    /** @param traceId null for none */
    public static LoggingEventBuilder about(String requestId, String traceId, LoggingEventBuilder line) {
        LoggingEventBuilder named = line.addKeyValue("request_id", requestId);
        return traceId == null ? named : named.addKeyValue("trace_id", traceId);
    }
}
