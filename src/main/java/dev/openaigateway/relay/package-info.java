/** The way back: from an upstream's response to the client, whole or event by event, reading its usage as it passes. */
package dev.openaigateway.relay;
