/** What clients have sent of a request before it is served, seen in Netty's pipeline: since when, how much memory it takes, and when the next one is decoded. */
package dev.openaigateway.server.reception;
