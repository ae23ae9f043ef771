/**
 * What is known of the health of instances: of each instance itself (its host and its account), and of each deployment, the
 * instance and a model together. Breakers, benches, latency and errors. Depends on {@code config}.
 */
package dev.openaigateway.health;
