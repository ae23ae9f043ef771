/** What rules ask about a request, change of it, and answer; over HTTP against a scripted upstream. */
package dev.openaigateway.request;
