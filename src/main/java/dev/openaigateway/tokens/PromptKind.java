package dev.openaigateway.tokens;

/** The operations whose prompt is billed in tokens. */
public enum PromptKind { CHAT, COMPLETIONS, EMBEDDINGS, RESPONSES }
