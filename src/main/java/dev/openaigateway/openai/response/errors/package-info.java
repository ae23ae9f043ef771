/**
 * What members of responses and events say of errors, read and changed as they come, and the items of a response of its end. Depends on {@code json},
 * {@code openai} and {@code text}.
 */
package dev.openaigateway.openai.response.errors;
