/** What operators see and do over HTTP, on a whole gateway. */
package dev.openaigateway.admin;
