/** Content codings such as gzip: decoders, and the bounds of their work. Depends on no other package of the gateway. */
package dev.openaigateway.coding;
