/**
 * The benchmark: gateway, upstream and load each in their own JVM on this machine, compared with no proxy at all, with a
 * bare Vert.x proxy, and with nginx where it is installed.
 */
package dev.openaigateway.bench;
