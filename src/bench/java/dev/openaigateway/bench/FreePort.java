package dev.openaigateway.bench;

import java.io.IOException;
import java.net.ServerSocket;

final class FreePort {

    private FreePort() {
    }

    static int find() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BrokenRunException("no free port", e);
        }
    }
}
