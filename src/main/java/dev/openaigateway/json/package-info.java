/**
 * Walks through JSON texts in place: {@link dev.openaigateway.json.JsonScan} checks a text, and
 * {@link dev.openaigateway.json.JsonCursor} reads a checked one. {@link dev.openaigateway.json.JsonByteWalker} follows the bytes of one that
 * is never held as a whole. Depends on no other package of the gateway.
 */
package dev.openaigateway.json;
