/** What the gateway must survive, case by case over real HTTP: upstreams and clients that misbehave. The case's id is in the test's name. */
package dev.openaigateway.faults;
