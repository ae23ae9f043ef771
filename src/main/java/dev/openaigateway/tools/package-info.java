/** What Camel's own tools see of the gateway: health checks of Camel, and developer consoles. Off unless Camel asks for them. */
package dev.openaigateway.tools;
