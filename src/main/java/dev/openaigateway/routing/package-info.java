/**
 * Which instance answers: the instances and how they fare, the policies that order them, and the engine that tries them
 * in that order.
 */
package dev.openaigateway.routing;
