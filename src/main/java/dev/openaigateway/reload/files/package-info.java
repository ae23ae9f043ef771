/** Finds and reads route files: the user's, and from the jar what the user's folder lacks. Live files are kept for {@code reload.live}. */
package dev.openaigateway.reload.files;
