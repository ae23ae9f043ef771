/**
 * The settings as immutable records. A {@link dev.openaigateway.config.Settings} was validated by {@code config.load}.
 * Depends on no other package of the gateway.
 */
package dev.openaigateway.config;
