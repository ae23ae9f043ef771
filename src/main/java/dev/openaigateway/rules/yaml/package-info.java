/**
 * Reads the YAML of route files with the places of its nodes, and compares it with Camel's schema. Depends on
 * {@code config.load}.
 */
package dev.openaigateway.rules.yaml;
