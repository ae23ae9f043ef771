/**
 * Tests over real HTTP that the gateway keeps what the documents of other proxies promise. Each test uses the proxy's own
 * requests, and its settings as printed in its document, except for the URLs.
 */
package dev.openaigateway.migrate;
