package dev.openaigateway.explain;

/**
 * Marks a bean or an endpoint that works on the exchange only: it calls nothing outside and counts nothing. A dry run of
 * the rules then runs the step instead of only recording it.
 */
public interface SafeInDryRun {
}
