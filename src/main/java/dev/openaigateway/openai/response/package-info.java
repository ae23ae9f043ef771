/**
 * Reads responses in OpenAI's format, whole and as a stream of server-sent events: content, errors, usage, and whether a stream
 * is whole. Writes errors as events. Depends on {@code json}, {@code openai},
 * {@code openai.response.errors}, {@code openai.sse}, {@code openai.usage} and {@code text}.
 */
package dev.openaigateway.openai.response;
