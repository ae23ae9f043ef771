/** What operators see and do over HTTP: statistics, the instances' state, settings, why a request goes where it goes. */
package dev.openaigateway.admin;
