/** Texts of others: brought to a length that a message or a record can hold, and with secrets masked. Depends on no other package of the gateway. */
package dev.openaigateway.text;
