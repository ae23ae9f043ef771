/**
 * What happened: one usage record per finished request, and what is made of it. Counts over sliding windows, meters for
 * Prometheus, the access log, and the queue that takes records and alerts to where the routes send them.
 */
package dev.openaigateway.stats;
