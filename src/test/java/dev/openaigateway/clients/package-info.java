/** The gateway as applications meet it: through the clients they use. */
package dev.openaigateway.clients;
