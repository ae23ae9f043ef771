package dev.openaigateway.openai.response;

/** What a choice says of an error. */
enum ErrorInChoice {

    NONE,
    /** An error beside another finish reason, which does not take the place of a result. */
    MENTIONED,
    /** An error in place of a result. */
    FAILED
}
