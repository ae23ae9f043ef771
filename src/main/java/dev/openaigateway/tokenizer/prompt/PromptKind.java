package dev.openaigateway.tokenizer.prompt;

/** The operations whose prompt is billed in tokens. */
public enum PromptKind {

    CHAT,
    COMPLETIONS,
    EMBEDDINGS,
    RESPONSES,
    /** Images and speech: only the text of the request is known before the response. */
    MEDIA
}
