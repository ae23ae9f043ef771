/**
 * Finds what the model reads in the body of a request, and estimates how many tokens the request may use
 * ({@link dev.openaigateway.tokenizer.prompt.PromptCounter}). Depends on {@code json} and {@code tokenizer}.
 */
package dev.openaigateway.tokenizer.prompt;
