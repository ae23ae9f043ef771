/** A stand-in for upstreams, so that the gateway answers on a machine without any keys. */
package dev.openaigateway.demo;
