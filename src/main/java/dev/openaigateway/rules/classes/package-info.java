/**
 * Checks classes and beans that rules name, and data formats, by reflection; creates no object of them. Depends on {@code rules.yaml},
 * {@code rules.language}, {@code config.load} and {@code guard}.
 */
package dev.openaigateway.rules.classes;
