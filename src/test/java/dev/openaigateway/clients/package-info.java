/** Tests of the gateway with the client libraries that applications use. */
package dev.openaigateway.clients;
