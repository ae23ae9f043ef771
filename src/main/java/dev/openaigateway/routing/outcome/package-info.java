/**
 * How an attempt at an instance ended, why it failed, and which error the client gets if all have failed. Depends on {@code call},
 * {@code fallback}, {@code health} and {@code openai}.
 */
package dev.openaigateway.routing.outcome;
