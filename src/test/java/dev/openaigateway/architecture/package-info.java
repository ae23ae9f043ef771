/** Rules for the code itself: which package may use which, sizes, names, and the layers of the tests. */
package dev.openaigateway.architecture;
