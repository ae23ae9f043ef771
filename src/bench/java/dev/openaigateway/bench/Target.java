package dev.openaigateway.bench;

/** A server on loopback that receives load; one column of the table. */
record Target(String name, int port) {

    static final String DIRECT = "direct";
    static final String PROXY = "Vert.x proxy";
    static final String NGINX = "nginx";
    static final String GATEWAY = "gateway";
}
