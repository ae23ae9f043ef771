/**
 * The logger of what concerns the gateway as a whole, apart from {@code log} so that all packages may use it.
 * Depends on no other package of the gateway.
 */
package dev.openaigateway.log.root;
