package dev.openaigateway.call.rule;

import java.util.List;

/**
 * Names of the exchange properties that describe a request to rules and custom routes. A property is absent if the request
 * has no such value. They describe the request as the client sent it; of them, only {@link #MODEL} can be changed by a rule.
 */
public final class RuleProperties {

    /** The model of the request. A rule that sets it sends the request to another model. */
    public static final String MODEL = "model";
    /** The public name that the client used for the model, if it is an alias. */
    public static final String ALIAS = "alias";
    /** Whether the client requested a stream. */
    public static final String STREAM = "stream";
    /** The path of the operation, such as {@code chat/completions}. */
    public static final String OPERATION = "operation";
    /** The name of the client. */
    public static final String CLIENT = "client";
    /** Tokens of the prompt, a number; counted when it is first used. */
    public static final String PROMPT_TOKENS = "prompt_tokens";
    /** The client's maximum of completion tokens, a number. */
    public static final String MAX_TOKENS = "max_tokens";
    /** The end user whom the client named. */
    public static final String USER = "user";
    /** The session or conversation that the request belongs to. */
    public static final String SESSION = "session";
    /** Number of tools, counted when it is first used. */
    public static final String TOOLS = "tools";
    /** Number of images, counted when it is first used. */
    public static final String IMAGES = "images";
    /** Length of the body, in bytes. */
    public static final String SIZE = "size";
    /** The deployment that the path names. */
    public static final String DEPLOYMENT = "deployment";
    /** The query of the request's URL, as the client sent it. */
    public static final String QUERY = "query";
    /** The id of the request, as in the response header {@code x-request-id}. */
    public static final String REQUEST_ID = "request_id";

    /** All names. */
    public static final List<String> NAMES = List.of(MODEL, ALIAS, OPERATION, STREAM, CLIENT, PROMPT_TOKENS, MAX_TOKENS, USER, SESSION,
            TOOLS, IMAGES, SIZE, DEPLOYMENT, QUERY, REQUEST_ID);

    private RuleProperties() {
    }
}
