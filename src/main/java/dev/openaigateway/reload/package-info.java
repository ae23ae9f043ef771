/**
 * Applies new settings and routing rules to the running gateway, from a request of the admin API or a changed file. A
 * version that is not valid changes nothing.
 */
package dev.openaigateway.reload;
