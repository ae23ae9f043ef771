/** TLS with the clients of the gateway: certificates from files, and their renewal. */
package dev.openaigateway.tls;
