/**
 * The settings as immutable records, and the active version of them. A {@link dev.openaigateway.config.Settings} was validated by {@code config.load}.
 * Depends on no other package of the gateway.
 */
package dev.openaigateway.config;
