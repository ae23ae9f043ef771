/** What a response means for its attempt: the form that the request asks for, and the usage and the failures that its events report. */
package dev.openaigateway.relay.attempt;
