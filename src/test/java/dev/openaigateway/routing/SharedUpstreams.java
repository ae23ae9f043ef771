package dev.openaigateway.routing;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** One gateway for all tests of a class. Its breakers never open, and no instance is benched for what it sent in another test. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SharedUpstreams {

    Upstreams upstreams;

    @BeforeAll
    void start() {
        upstreams = new Upstreams("routing: { strategy: failover }\nbreaker: { window: 10000, minimum_calls: 10000 }");
    }

    @AfterAll
    void stop() {
        upstreams.close();
    }

    @BeforeEach
    void recover() {
        upstreams.clock.advance(Duration.ofHours(2));
        upstreams.allRespond(Reply.chat("Hello"));
        assertThat(Upstreams.instance(upstreams.chat())).isEqualTo("first");
        assertThat(Upstreams.instance(upstreams.gateway.chat("o1"))).isEqualTo("third");
    }
}
