/**
 * The {@code instance:} endpoint and the HTTP client below it: connections, timeouts, and the classification of responses
 * and exceptions.
 */
package dev.openaigateway.upstream;
