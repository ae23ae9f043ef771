/**
 * Writes a whole response as a stream of server-sent events, and a stream as JSON. Depends on {@code openai} and
 * {@code openai.response}.
 */
package dev.openaigateway.openai.form;
