/**
 * The route files that are replaced while the gateway runs: rules and events. All of them are read, checked and started
 * together, beside the version in use; a version that is refused leaves nothing behind.
 */
package dev.openaigateway.reload.live;
