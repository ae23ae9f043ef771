package dev.openaigateway.server;

/** How much memory the sender of a request may fill with its body. */
enum Reading {

    /** None: the body is discarded. */
    NONE,

    /** A part of what all clients share. */
    ADMITTED,

    /** A small share: the route is not the gateway's own, and checks the sender itself, if at all, after the body was read. */
    UNCHECKED
}
