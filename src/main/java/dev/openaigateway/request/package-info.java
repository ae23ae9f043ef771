/**
 * What rules ask about a request, change of it, and answer in place of an instance: the exchange properties, the message body,
 * and the components {@code request:} and {@code reject:}. Depends on {@code call} and {@code openai}.
 */
package dev.openaigateway.request;
