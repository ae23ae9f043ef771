package dev.openaigateway.openai;

/** The codes of errors, in responses and in records of requests, that more than one class names. They are public: dashboards and alerts use them. */
public final class ErrorCode {

    public static final String RATE_LIMIT_EXCEEDED = "rate_limit_exceeded";
    public static final String RULE_ERROR = "rule_error";
    public static final String REJECTED_BY_RULE = "rejected_by_rule";
    public static final String GATEWAY_STOPPING = "gateway_stopping";
    public static final String UPSTREAM_STREAM_ERROR = "upstream_stream_error";

    /** In records only: the client left before the end of the response. */
    public static final String CLIENT_GONE = "client_gone";
    /** In records only: the client got the upstream's own error, unchanged. */
    public static final String UPSTREAM_REFUSED = "upstream_refused";
    /** In records only: a body that is no stream of events broke after its first bytes had been sent. */
    public static final String UPSTREAM_BROKEN = "upstream_broken";

    private ErrorCode() {
    }
}
