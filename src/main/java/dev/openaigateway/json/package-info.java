/**
 * Walks through JSON texts in place: {@link dev.openaigateway.json.JsonScan} checks a text, and
 * {@link dev.openaigateway.json.JsonCursor} reads a checked one. Depends on no other package of the gateway.
 */
package dev.openaigateway.json;
