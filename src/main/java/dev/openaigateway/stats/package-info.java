/**
 * Statistics over sliding windows, the meters for Prometheus and the list of recent requests, all fed by one
 * {@link dev.openaigateway.stats.UsageRecord} per completed request.
 */
package dev.openaigateway.stats;
