/**
 * What rules see and change of a call: properties, headers for the upstream, the whole response, and the step that answers. Depends on
 * {@code call} and {@code openai}.
 */
package dev.openaigateway.call.rule;
