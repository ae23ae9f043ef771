/**
 * How each kind of upstream is called and read: the URL, the headers and the body of a request, health checks, and the format
 * of responses, events and errors.
 */
package dev.openaigateway.provider;
