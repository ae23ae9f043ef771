/**
 * The HTTP server: Vert.x options and worker threads, the handling of requests before a route is found (request ids, CORS,
 * memory for bodies, slow and stalled clients). Depends on {@code call}, {@code openai}, {@code security} and {@code config},
 * not on routing.
 */
package dev.openaigateway.server;
