/** How an attempt at an instance ended, and why it failed. Depends on {@code call}, {@code fallback} and {@code openai}. */
package dev.openaigateway.routing.outcome;
