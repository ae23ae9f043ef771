/**
 * The OpenAI wire format: operations, request and response bodies, server-sent events, usage and errors. All wording of
 * errors is in {@link dev.openaigateway.openai.Errors}. Depends on {@code json}.
 */
package dev.openaigateway.openai;
