package dev.openaigateway.server.reception;

/** What the decoder of a connection reads at the moment. */
enum ReadPhase {

    /** Nothing: the next byte begins a request. */
    IDLE,
    HEAD,
    /** A body, or the fields behind it. */
    BODY,
    /** Nothing any more: the connection is closed. */
    CLOSED
}
