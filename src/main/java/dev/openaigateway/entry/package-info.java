/**
 * The steps every request passes on its way in and out: accepted, authenticated, read, admitted, settled; and the
 * answers the gateway gives by itself.
 */
package dev.openaigateway.entry;
