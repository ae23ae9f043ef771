package dev.openaigateway.bench;

/** One column of the table: where the load is sent, on loopback. */
record Target(String name, int port) {

    static final String DIRECT = "direct";
    static final String PROXY = "Vert.x proxy";
    static final String NGINX = "nginx";
    static final String GATEWAY = "gateway";
}
