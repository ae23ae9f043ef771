/**
 * Authentication of clients and administrators, lockout of addresses, and the address of a client behind proxies. Works on
 * plain values and needs no HTTP server. Depends on {@code call}, {@code config} and {@code openai}.
 */
package dev.openaigateway.security;
