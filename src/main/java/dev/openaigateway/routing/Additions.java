package dev.openaigateway.routing;

/** Whether the gateway adds parameters of its own to a request, such as that for the usage of a stream. */
enum Additions {

    ALLOWED,
    /** The upstream has just refused one. */
    REFUSED
}
