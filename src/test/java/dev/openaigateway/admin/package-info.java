/** Tests of the admin API over HTTP on a complete gateway. */
package dev.openaigateway.admin;
