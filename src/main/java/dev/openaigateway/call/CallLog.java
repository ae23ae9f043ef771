package dev.openaigateway.call;

import org.slf4j.spi.LoggingEventBuilder;

/** Names the request and its trace in a log line. */
public final class CallLog {

    private CallLog() {
    }

    /** Adds the names of the call to the line, and returns it. */
    public static LoggingEventBuilder about(Call call, LoggingEventBuilder line) {
        return about(call.requestId(), call.labels().traceId(), line);
    }

    /** Adds the ids to the line, and returns it; {@code traceId} is null for none. */
    public static LoggingEventBuilder about(String requestId, String traceId, LoggingEventBuilder line) {
        LoggingEventBuilder named = line.addKeyValue("request_id", requestId);
        return traceId == null ? named : named.addKeyValue("trace_id", traceId);
    }
}
