/**
 * What leaves the gateway beside responses: usage records, access log lines and alerts, and the queues that take them to
 * the sinks of {@code events.camel.yaml}. Depends on {@code stats}, {@code routing}, {@code ratelimit} and {@code call}.
 */
package dev.openaigateway.events;
