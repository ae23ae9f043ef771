/**
 * The soak: one packaged gateway with a small heap serves mixed traffic while its settings are reloaded and its Redis fails. After each
 * round the traffic pauses, and what the gateway holds is measured.
 */
package dev.openaigateway.soak;
