/** Tests of the traffic that warms a gateway up. */
package dev.openaigateway.warmup;
