/**
 * What is wrong in settings, rules or routes, in words for an operator: problems with place and value, the nearest right name, the reason in an
 * exception. Depends on no other package of the gateway.
 */
package dev.openaigateway.problem;
