/**
 * Usage records, access log lines and alerts, and the queues that pass them to
 * the sinks of {@code events.camel.yaml}. Depends on {@code stats}, {@code routing}, {@code ratelimit} and {@code call}.
 */
package dev.openaigateway.events;
