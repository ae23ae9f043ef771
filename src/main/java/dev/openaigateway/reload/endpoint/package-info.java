/**
 * The endpoints of one version of the live files: those that its routes begin with, what they do around each exchange, and what the
 * routes behind them still have to do; and those that hold beans of the version.
 */
package dev.openaigateway.reload.endpoint;
