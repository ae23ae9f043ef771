/**
 * The steps of {@code gateway.camel.yaml} and {@code errors.camel.yaml}: accept, authenticate, read and complete a request,
 * and the responses that the gateway generates itself, such as errors and the list of models.
 */
package dev.openaigateway.gateway;
