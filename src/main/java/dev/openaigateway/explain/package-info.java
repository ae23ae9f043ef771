/**
 * Dry runs of the rules, for {@code /admin/route}: an interceptor around each step of the rules records the way of a dry
 * run, and replaces the steps that would have an effect outside. Depends on {@code routing}.
 */
package dev.openaigateway.explain;
