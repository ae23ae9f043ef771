/** Calls of an official SDK, straight to a mock of OpenAI's API and through the gateway: {@code mvn -Pconformance verify}. */
package dev.openaigateway.conformance;
