/**
 * Responses to requests that are passed through, which may have any form. Depends on {@code json}, {@code openai}, {@code openai.response}, {@code openai.response.errors} and
 * {@code openai.sse}.
 */
package dev.openaigateway.openai.passed;
