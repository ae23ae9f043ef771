/** Tests over real HTTP of upstreams and clients that misbehave. The gateway must survive each. */
package dev.openaigateway.faults;
