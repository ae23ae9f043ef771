/** The memory that the requests in flight may take, and what each call holds of it. */
package dev.openaigateway.call.memory;
