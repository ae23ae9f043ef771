/**
 * Finds and reads route files: the user's, and from the jar what the user's folder lacks. Live files are kept for {@code reload.live}. What
 * Camel cannot read, build or start is reported with its place in the files.
 */
package dev.openaigateway.reload.files;
