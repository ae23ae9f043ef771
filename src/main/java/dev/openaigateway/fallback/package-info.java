/**
 * When a rule may ask another model, and what the client's limits and headers say about it. The package {@code routing} asks the
 * models in turn. Depends on {@code call}, {@code call.rule}, {@code openai} and {@code problem}.
 */
package dev.openaigateway.fallback;
