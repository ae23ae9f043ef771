/** Reads the usage that upstreams report, in all their forms, also from a body whose bytes only pass. Depends on {@code json} and {@code openai}. */
package dev.openaigateway.openai.usage;
