package dev.openaigateway.openai.response.errors;

/** What a choice says of an error. */
public enum ChoiceErrorKind {

    NONE,
    /** An error beside another finish reason or in the message, or only its finish reason. It does not take the place of a result. */
    MENTIONED,
    /** An error in place of a result. */
    FAILED
}
