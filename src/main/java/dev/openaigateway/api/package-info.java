/**
 * The request as it was read, the course of its call, and every error object a client may see. All wording of errors
 * is in {@link dev.openaigateway.api.Errors}.
 */
package dev.openaigateway.api;
