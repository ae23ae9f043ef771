/**
 * The wire format of OpenAI: operations and paths, kinds of stored objects, queries, and error objects. Depends on {@code text}.
 */
package dev.openaigateway.openai;
