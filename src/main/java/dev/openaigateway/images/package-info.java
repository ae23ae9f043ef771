/** Images that a provider gave inline, served under the gateway's own address to clients that asked for a URL. */
package dev.openaigateway.images;
