/**
 * Choosing an instance for a call, and retrying on another: the instances with their health and circuit breakers, the
 * failover engine, and the {@link dev.openaigateway.routing.Policy} interface.
 */
package dev.openaigateway.routing;
