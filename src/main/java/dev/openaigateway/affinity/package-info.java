/** Which instance keeps each stored object, and which instance serves each session. */
package dev.openaigateway.affinity;
