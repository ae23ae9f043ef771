/** The beans that versions of the live route files bind in Camel's registry, and what the context held before them. */
package dev.openaigateway.reload.registry;
