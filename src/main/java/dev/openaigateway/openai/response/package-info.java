/**
 * Reads responses in OpenAI's format, whole and as a stream of server-sent events: content, errors, usage, and whether a stream
 * is complete. Depends on {@code openai}.
 */
package dev.openaigateway.openai.response;
