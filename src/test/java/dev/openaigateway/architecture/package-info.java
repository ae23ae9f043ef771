/** Rules for the code itself: dependencies between packages, sizes, names, and the tags of the tests. */
package dev.openaigateway.architecture;
