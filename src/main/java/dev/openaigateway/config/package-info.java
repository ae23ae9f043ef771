/**
 * The settings as immutable records, and the active version of them. {@code config.load} creates and validates
 * {@link dev.openaigateway.config.Settings}.
 * Depends on {@code guard} and {@code log.root}.
 */
package dev.openaigateway.config;
