/**
 * Counts the tokens of prompts ({@link dev.openaigateway.tokenizer.PromptCounter}), images and completions, and estimates
 * how many a request may use. Depends on {@code json}.
 */
package dev.openaigateway.tokenizer;
