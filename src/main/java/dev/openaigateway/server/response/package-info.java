/**
 * Responses that are written to the client's connection directly, past Camel: streams. Depends on {@code call} and
 * {@code openai.response}.
 */
package dev.openaigateway.server.response;
