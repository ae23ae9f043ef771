package dev.openaigateway.upstream;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;

import static org.assertj.core.api.Assertions.assertThat;

class LocalExhaustionTest {

    @Test
    void shouldRecogniseThatThisProcessHasNothingLeftToConnectWith() {
        assertThat(new Exception[] {new SocketException("Too many open files"), new BindException("Cannot assign requested address (connect failed)"),
            new NoRouteToHostException("Cannot assign requested address"), new SocketException("No buffer space available (maximum connections reached?)"),
            new IOException("connect", new SocketException("Too many open files in system")), new IOException(new OutOfMemoryError("Direct buffer memory"))})
                .allMatch(LocalExhaustion::caused);
    }

    @Test
    void shouldLeaveOtherFailuresToTheUpstream() {
        assertThat(new Exception[] {new ConnectException("Connection refused"), new NoRouteToHostException("No route to host"),
            new UnknownHostException("nowhere.invalid: Name or service not known"), new SocketException("Connection reset"), new IOException((String) null)})
                .noneMatch(LocalExhaustion::caused);
    }
}
