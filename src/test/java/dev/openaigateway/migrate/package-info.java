/**
 * What the documents of other proxies promise, kept over real HTTP: each proxy's own settings as its document prints them, but
 * for the addresses, and its own requests.
 */
package dev.openaigateway.migrate;
