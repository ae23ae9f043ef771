/**
 * Serves images that a provider returned inline under the gateway's own address, for clients that requested a URL.
 */
package dev.openaigateway.images;
