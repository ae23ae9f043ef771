/**
 * The endpoints that the routes of one version of the live files begin with: what they do around each exchange, and what the
 * routes behind them still have to do.
 */
package dev.openaigateway.reload.endpoint;
