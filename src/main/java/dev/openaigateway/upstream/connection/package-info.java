/**
 * The connections to upstreams below HTTP: sockets with read timeouts, pools that never hand out a connection with bytes left
 * over, and a strict reader of response heads. Depends on {@code call}, {@code config},
 * {@code guard} and {@code coding}.
 */
package dev.openaigateway.upstream.connection;
