/** Facts about the languages of expressions that their parsers do not report. Depends on {@code call.rule}, {@code guard} and {@code problem}. */
package dev.openaigateway.rules.language;
