/**
 * The admin API: statistics, the state of instances, the settings and their changes, and the explanation of routes.
 */
package dev.openaigateway.admin;
