/**
 * The {@code instance:} endpoint and the HTTP client below it: connections, timeouts, and the classification of responses
 * and exceptions. Depends on {@code routing}, {@code call}, {@code openai} and {@code config}.
 */
package dev.openaigateway.upstream;
