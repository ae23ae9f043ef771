/** Holds requests to the token and request limits of clients, of the whole gateway and of instances. */
package dev.openaigateway.throttle;
