/** What clients have sent of a request before it is whole, seen in Netty's pipeline: since when, and how much memory it takes. */
package dev.openaigateway.server.reception;
