package dev.openaigateway.recipient;

/**
 * What a piece of a URI is at run time.
 *
 * @param isOfRule whether the rule has it as it stands; else a client may have chosen it
 */
record UriPiece(String text, boolean isOfRule) {
}
