/**
 * The bodies of requests: read once, checked, and changed in place, as JSON, as a form, or as they came. Depends on {@code openai},
 * {@code json} and {@code text}.
 */
package dev.openaigateway.openai.body;
