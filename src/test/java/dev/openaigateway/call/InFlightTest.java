package dev.openaigateway.call;

import dev.openaigateway.openai.ApiException;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InFlightTest {

    private final InFlight inFlight = new InFlight(1);

    private static Call call() {
        return new Call(null, "id", Instant.EPOCH, 0, new DiscardingClientStream());
    }

    @Test
    void shouldNotCountRefusedCalls() throws InterruptedException {
        Call only = call();
        inFlight.enter(only);
        assertThatThrownBy(() -> inFlight.enter(call())).isInstanceOf(ApiException.class).hasMessageContaining("1");
        assertThat(inFlight.count()).isEqualTo(1);

        inFlight.drain();
        only.complete();
        assertThatThrownBy(() -> inFlight.enter(call())).isInstanceOf(ApiException.class).hasMessageContaining("stopping");

        assertThat(inFlight.count()).isZero();
        assertThat(inFlight.calls()).isEmpty();
        inFlight.awaitEmpty(Duration.ofSeconds(30));
    }
}
