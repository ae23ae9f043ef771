/** Active checks of instances and their models: on a schedule, and when an operator asks. */
package dev.openaigateway.healthcheck;
