/** Scripted HTTP parts on plain sockets: an upstream that misbehaves on demand and a client that sees every byte. */
package dev.openaigateway.support;
