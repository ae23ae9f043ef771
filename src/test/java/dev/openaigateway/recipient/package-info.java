/** Endpoints that rules compute from requests, over HTTP against a scripted upstream. */
package dev.openaigateway.recipient;
