/**
 * Reads the YAML of route files with the location of each node, and the definitions of Camel's schema. Depends on
 * {@code config.load}, {@code guard}, {@code problem}, {@code recipient} and {@code text}.
 */
package dev.openaigateway.rules.yaml;
