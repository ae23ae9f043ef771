/**
 * Checks route files without starting a route: YAML, Camel's schema, endpoints, references and expressions. Finds all
 * mistakes of all files at once, each with file, line and column. Endpoints, expressions and values of options are checked here, other
 * subjects in the packages below.
 */
package dev.openaigateway.rules;
