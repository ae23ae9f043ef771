/**
 * The wire format of OpenAI: operations and paths, kinds of stored objects, queries, and error objects. Depends on no other package
 * of the gateway.
 */
package dev.openaigateway.openai;
