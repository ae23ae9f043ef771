/**
 * The benchmark: gateway, upstream and load run in separate JVMs on one machine. The gateway is compared with no proxy,
 * with a bare Vert.x proxy and, if installed, with nginx.
 */
package dev.openaigateway.bench;
