/**
 * Texts of others: brought to a length that a message or a record can hold, and with secrets masked; parts of the URIs of endpoints.
 * Depends on no other package of the gateway.
 */
package dev.openaigateway.text;
