/**
 * Dry runs of the rules, for {@code /admin/route}: an interceptor around each step of the rules records the path of a dry
 * run, and replaces the steps that would have an effect outside. The package {@code routing}, which it does not depend on, records the candidates.
 */
package dev.openaigateway.explain;
