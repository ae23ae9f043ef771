/** The page for operators, over plain HTTP and in a browser. */
package dev.openaigateway.dashboard;
