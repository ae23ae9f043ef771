/**
 * Usage records, access log lines and alerts, and the queues that pass them to the sinks of {@code events.camel.yaml}.
 */
package dev.openaigateway.events;
