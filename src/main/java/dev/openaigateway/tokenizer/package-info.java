/**
 * Counts the tokens of texts ({@link dev.openaigateway.tokenizer.Tokenizer}), and remembers the counts of texts that clients send again.
 * Depends on {@code json}.
 */
package dev.openaigateway.tokenizer;
