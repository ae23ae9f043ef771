/** Facts about the languages of expressions that their parsers do not report. Depends on {@code call.rule}, {@code config.load} and {@code guard}. */
package dev.openaigateway.rules.language;
