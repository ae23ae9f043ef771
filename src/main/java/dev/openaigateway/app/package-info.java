/**
 * The program: the main class, the Camel plugin that creates the gateway's beans, and the lifecycle of the context. Wires
 * the other packages together and may depend on all of them; no other package depends on it.
 */
package dev.openaigateway.app;
