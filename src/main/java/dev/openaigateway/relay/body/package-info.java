/** What the body of a response is, by its first bytes. Depends on nothing. */
package dev.openaigateway.relay.body;
