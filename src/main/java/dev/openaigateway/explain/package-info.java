/**
 * What surrounds each step of the rules. In every request, an interceptor gives the step its name in logs and errors, and keeps what the step
 * has done to the response. In a dry run, for {@code /admin/route}, it also records the path, and replaces the steps that would have an effect
 * outside. The package {@code routing}, which it does not depend on, records the candidates.
 */
package dev.openaigateway.explain;
