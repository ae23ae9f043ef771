package dev.openaigateway.tokenizer.prompt;

/** The operations whose prompt is billed in tokens. */
public enum PromptKind { CHAT, COMPLETIONS, EMBEDDINGS, RESPONSES }
