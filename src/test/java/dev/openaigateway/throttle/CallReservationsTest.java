package dev.openaigateway.throttle;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.DiscardingClientStream;
import dev.openaigateway.openai.AttemptReport;
import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.CountedChoices;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.ratelimit.Charge;
import dev.openaigateway.ratelimit.Reservation;
import dev.openaigateway.ratelimit.TokenLimiter;
import dev.openaigateway.support.PlainContext;
import dev.openaigateway.support.TestClock;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The charge to a client's limits after each kind of end of a call. */
class CallReservationsTest {

    private record CountedPrompt(long tokens) implements CompletionCounter {

        @Override
        public void add(CharSequence text) {
        }

        @Override
        public CountedChoices choices() {
            return new CountedChoices();
        }

        @Override
        public void markUnknown() {
        }

        @Override
        public boolean isUnknown() {
            return false;
        }

        @Override
        public Usage counted() {
            return new Usage(tokens, 0);
        }
    }

    private final TokenLimiter limiter = TokenLimiter.inMemory(new TestClock());

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "responded,                                 200, true,  9, 1",
        "the client left during the response,       499, true,  9, 1",
        "the client left before any response,       499, false, 0, 0",
        "failed,                                    500, false, 0, 0"})
    void shouldChargeWhatWasServed(String what, int status, boolean served, long tokens, long requests) {
        // given
        Exchange exchange = new DefaultExchange(PlainContext.create());
        Call call = new Call(exchange, "id", Instant.EPOCH, 0, new DiscardingClientStream());
        CallReservations.of(call).setClientReservation((Reservation) limiter.reserve(9,
                List.of(Charge.request("requests", 10), Charge.tokens("tokens", 100, 1000))));
        call.result().countWith(() -> new CountedPrompt(9));
        call.result().tried(new AttemptReport("full", null, 0, "no_room", "has no room under its token limit", false, 0), false);
        call.result().tried(new AttemptReport("called", null, 0, "ok", "some result", served, 1), served);
        call.result().ended(status, null);

        // when
        call.complete();

        // then
        assertThat(limiter.used(List.of("tokens", "requests"))).isEqualTo(Map.of("tokens", tokens, "requests", requests));
        assertThat(limiter.open()).isZero();
    }
}
