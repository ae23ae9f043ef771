/**
 * The HTTP server: Vert.x options and worker threads, the handling of requests before a route is found (request ids, CORS,
 * memory for bodies, slow and stalled clients).
 */
package dev.openaigateway.server;
