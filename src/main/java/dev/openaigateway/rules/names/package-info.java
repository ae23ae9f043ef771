/**
 * The names that the files declare, and those that they ask for: endpoints, routes made from templates, beans, exchange properties and
 * variables.
 */
package dev.openaigateway.rules.names;
