/**
 * May this request come in? Client keys, blocked addresses, administrators, browsers' origins. Everything here decides
 * over plain values, so that no HTTP server is needed to ask it.
 */
package dev.openaigateway.admission;
