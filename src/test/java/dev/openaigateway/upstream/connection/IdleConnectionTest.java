package dev.openaigateway.upstream.connection;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A connection that the upstream has closed does not keep its file descriptor until the next request. */
@GatewayTest
@EnabledOnOs(OS.LINUX)
class IdleConnectionTest {

    @Test
    void shouldGiveUpIdleConnectionsThatTheUpstreamClosed() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start(); ScriptedUpstream healthy = ScriptedUpstream.start();
             TestGateway gateway = TestGateway.start("""
                instances:
                  - { name: a, provider_type: generic, api_base: "%s", supported_models: [a] }
                  - { name: b, provider_type: generic, api_base: "%s", supported_models: [b] }
                """.formatted(upstream.uri(), healthy.uri()))) {
            assertThat(gateway.chat("a").statusCode()).isEqualTo(200);
            assertThat(gateway.chat("b").statusCode()).isEqualTo(200);
            int upstreamPort = upstream.port();
            upstream.close();

            Eventually.holds("the connection is half closed", () -> halfClosed(upstreamPort) > 0);
            Eventually.holds("the descriptor is free", () -> halfClosed(upstreamPort) == 0);

            assertThat(gateway.chat("b").statusCode()).isEqualTo(200);
            assertThat(healthy.connections()).as("a healthy connection stays").isEqualTo(1);
            healthy.enqueue(Reply.chat("again"));
            assertThat(gateway.chat("b").statusCode()).isEqualTo(200);
        }
    }

    /** Connections to the port of which only the other side has closed its end: state 8 in the tables of Linux. */
    private static long halfClosed(int port) {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6").flatMap(IdleConnectionTest::lines).map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns[2].endsWith(String.format(":%04X", port)) && columns[3].equals("08")).count();
    }

    private static Stream<String> lines(String table) {
        try {
            return Files.readAllLines(Path.of(table)).stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
