/**
 * Settings as validated records, and the readers that make them: YAML with overlays, environment variables, provider
 * JSON files. Whoever holds a {@link dev.openaigateway.config.Settings} holds something that was checked.
 */
package dev.openaigateway.config;
