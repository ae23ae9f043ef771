/** What tests of several packages share: servers that are started, stopped and made to fail on purpose. */
package dev.openaigateway.support;
