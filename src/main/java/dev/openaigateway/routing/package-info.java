/**
 * Choosing an instance for a call, and retrying on another: the instances with their health and circuit breakers, the
 * failover engine, and the {@link dev.openaigateway.routing.Policy} interface. Depends on {@code call}, {@code openai}
 * and {@code config}.
 */
package dev.openaigateway.routing;
