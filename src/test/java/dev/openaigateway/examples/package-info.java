/** Runs the rules of the folder {@code examples} as they are. */
package dev.openaigateway.examples;
