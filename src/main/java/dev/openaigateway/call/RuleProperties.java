package dev.openaigateway.call;

/** Names of the exchange properties that rules and custom routes may read. */
public final class RuleProperties {

    /** The model of the request. */
    public static final String MODEL = "model";
    /** Whether the client requested a stream. */
    public static final String STREAM = "stream";
    /** The path of the operation, such as {@code chat/completions}. */
    public static final String OPERATION = "operation";
    /** The name of the client. */
    public static final String CLIENT = "client";

    private RuleProperties() {
    }
}
