/** What happens to failures in the routes of rules: which error handler gets them, and what Camel logs of them. */
package dev.openaigateway.reload.failure;
