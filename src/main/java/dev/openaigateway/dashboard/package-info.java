/**
 * The page for operators at {@code /dashboard}: its files, and the documents from which it is drawn. Depends on neither
 * {@code app} nor {@code reload}.
 */
package dev.openaigateway.dashboard;
