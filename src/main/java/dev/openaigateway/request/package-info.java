/**
 * What rules test in a request and change in it, and how they answer in place of an instance: the exchange properties, the message
 * body, and the components {@code request:} and {@code reject:}.
 */
package dev.openaigateway.request;
