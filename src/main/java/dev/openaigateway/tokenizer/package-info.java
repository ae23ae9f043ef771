/**
 * Counts tokens: of a prompt ({@link dev.openaigateway.tokenizer.PromptCounter}), of images and of a completion, and
 * estimates what a request may use. Depends on no other package of the gateway.
 */
package dev.openaigateway.tokenizer;
