/** Server-sent events as text: where one begins and ends in a stream of bytes, its lines and fields, and how one is written. Depends on nothing. */
package dev.openaigateway.openai.sse;
