/**
 * Reads and validates the settings: YAML with overlays, environment variables and provider JSON files. Reports all problems
 * at once, each with its file, line and value. Depends on {@code config}, {@code log.root},
 * {@code openai}, {@code problem} and {@code tokenizer}.
 */
package dev.openaigateway.config.load;
