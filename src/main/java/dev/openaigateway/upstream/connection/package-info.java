/**
 * The connections to upstreams below HTTP: sockets with deadlines, pools that never hand out a connection with bytes left over, and
 * heads that are plain. Depends on {@code call} only.
 */
package dev.openaigateway.upstream.connection;
