/**
 * Keeps what fails in one step from ending more than that step: code that others wrote, and tasks that run again and again.
 * Depends on no other package of the gateway.
 */
package dev.openaigateway.guard;
