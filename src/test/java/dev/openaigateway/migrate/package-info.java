/**
 * Tests over real HTTP that the gateway behaves as the documentation of other proxies describes. Each test uses the
 * proxy's own requests, and its settings as printed in its documentation, except for the URLs.
 */
package dev.openaigateway.migrate;
