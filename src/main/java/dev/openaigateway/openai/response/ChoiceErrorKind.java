package dev.openaigateway.openai.response;

/** What a choice says of an error. */
enum ChoiceErrorKind {

    NONE,
    /** An error beside another finish reason or in the message, or only its finish reason. It does not take the place of a result. */
    MENTIONED,
    /** An error in place of a result. */
    FAILED
}
