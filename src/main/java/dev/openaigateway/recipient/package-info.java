/**
 * Endpoints that a rule computes from a request, as {@code toD} and {@code recipientList} do: text of a client stays text in them.
 * Depends on {@code openai}.
 */
package dev.openaigateway.recipient;
