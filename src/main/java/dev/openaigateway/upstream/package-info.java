/**
 * The {@code instance:} endpoint, and the steps of an instance's route: the dialects that put a request in the
 * upstream's form, camel-http as it sends the calls of attempts, and the judgement of what comes back.
 */
package dev.openaigateway.upstream;
