/**
 * Tokens of Microsoft Entra identities for upstreams that accept no keys: obtained by four HTTP calls, renewed in the
 * background. Depends on {@code openai} and {@code config}.
 */
package dev.openaigateway.identity;
