/**
 * The policies that order the candidates of a call, such as failover, weighted or least loaded. Each implements
 * {@link dev.openaigateway.routing.Policy}.
 */
package dev.openaigateway.routing.policy;
