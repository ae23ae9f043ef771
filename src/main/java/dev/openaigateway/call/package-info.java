/**
 * The state of one client's request, from its arrival to its completion: the request as read, its attempts, cancellation,
 * and the hooks that run at its end. Depends on {@code openai}, {@code openai.body},
 * {@code call.memory}, {@code config}, {@code guard}, {@code text} and {@code tokenizer}.
 */
package dev.openaigateway.call;
