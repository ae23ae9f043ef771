/** The test kit: scripted upstreams and clients on plain sockets, gateways in and out of this process, real databases. */
package dev.openaigateway.support;
