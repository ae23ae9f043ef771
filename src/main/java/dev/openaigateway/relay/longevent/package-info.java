/** Events of a stream that are too long to be held: they pass in parts. */
package dev.openaigateway.relay.longevent;
