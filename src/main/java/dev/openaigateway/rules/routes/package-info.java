/**
 * Checks routes and the sequence of their steps: where routes begin, which of them call each other, and which steps lead to an instance. Reads nodes
 * only.
 */
package dev.openaigateway.rules.routes;
