/**
 * Keys, tokens and hosts of instances in what their upstreams send: finds and masks them. Depends on {@code config}, {@code openai.sse} and {@code text}.
 */
package dev.openaigateway.upstream.redaction;
