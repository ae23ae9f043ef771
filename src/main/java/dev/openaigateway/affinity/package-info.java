/** The memory of which instance keeps a stored object. */
package dev.openaigateway.affinity;
