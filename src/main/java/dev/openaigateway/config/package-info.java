/**
 * The settings as immutable records, and the active version of them. {@code config.load} creates and validates
 * {@link dev.openaigateway.config.Settings}.
 * Depends on no other package of the gateway.
 */
package dev.openaigateway.config;
