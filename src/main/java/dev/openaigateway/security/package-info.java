/**
 * Authentication of clients and administrators, lockout of addresses, and the address of a client behind proxies. Works on
 * plain values and needs no HTTP server. Depends on {@code call} and {@code config}.
 */
package dev.openaigateway.security;
