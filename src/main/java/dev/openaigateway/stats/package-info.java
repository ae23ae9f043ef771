/**
 * Statistics over sliding windows and the meters for Prometheus, both fed by one
 * {@link dev.openaigateway.stats.UsageRecord} per completed request. Depends on {@code config} only.
 */
package dev.openaigateway.stats;
