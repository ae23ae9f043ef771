/**
 * The page for operators at {@code /dashboard}: its files, and the documents from which it is drawn.
 */
package dev.openaigateway.dashboard;
