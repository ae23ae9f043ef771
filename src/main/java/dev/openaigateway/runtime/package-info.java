/** Starts and stops the gateway, and joins its parts: beans for the routes, the HTTP server, worker threads, reload. */
package dev.openaigateway.runtime;
