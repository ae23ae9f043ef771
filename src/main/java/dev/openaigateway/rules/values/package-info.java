/**
 * Checks values that Camel's schema takes for texts: numbers, durations and charsets. Depends on {@code rules.yaml}.
 */
package dev.openaigateway.rules.values;
