/**
 * Endpoints that a rule computes from a request, as {@code toD} and {@code recipientList} do: text of a client stays text in them.
 * Steps send to the endpoints that belong to the version of their route.
 * Depends on {@code openai} and {@code text}.
 */
package dev.openaigateway.recipient;
