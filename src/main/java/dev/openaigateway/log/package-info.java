/**
 * The log of the process: levels, console, file and form of a line.
 */
package dev.openaigateway.log;
