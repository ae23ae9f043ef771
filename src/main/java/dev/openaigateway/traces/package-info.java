/** Traces by OpenTelemetry: the spans of requests, of attempts and, if wanted, of Camel's routes. Its classes are loaded only if traces are on. */
package dev.openaigateway.traces;
