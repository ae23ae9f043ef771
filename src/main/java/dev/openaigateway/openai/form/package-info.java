/**
 * Writes a whole response as a stream of server-sent events, and a stream as JSON. Depends on {@code openai},
 * {@code openai.response} and {@code openai.response.errors}.
 */
package dev.openaigateway.openai.form;
