/**
 * The admin API: statistics, the state of instances, health checks, the settings and their changes, and the explanation
 * of routes. Reads the other packages and depends on neither {@code app}, {@code reload} nor {@code server}.
 */
package dev.openaigateway.admin;
