/**
 * What the errors of upstreams mean, by status, code, type and wording: whose fault they are, and what the next step is. Depends on
 * {@code routing.outcome}, {@code fallback}, {@code openai} and {@code openai.response}.
 */
package dev.openaigateway.upstream.errors;
