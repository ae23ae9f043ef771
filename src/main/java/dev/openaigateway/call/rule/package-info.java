/**
 * What rules see and change of a call: properties, headers for the upstream, the whole response, and the step that answers; the endpoints around
 * the rules. Depends on {@code call} and {@code openai}.
 */
package dev.openaigateway.call.rule;
