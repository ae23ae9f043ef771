package dev.openaigateway.throttle;

import dev.openaigateway.call.Call;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

import static dev.openaigateway.throttle.PricedRequest.instance;
import static dev.openaigateway.throttle.PricedRequest.reserving;
import static org.assertj.core.api.Assertions.assertThat;

/** A request is counted only for a limit that needs it. */
@GatewayTest
class UncountedTest {

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final BlockingQueue<Boolean> counted = new ArrayBlockingQueue<>(8);

    @AfterEach
    void stop() {
        upstream.close();
    }

    @ParameterizedTest(name = "gateway {0}, client {1}, instance {2}: counted {3}")
    @CsvSource({
            "tpm: 0,         tpm: 0,     max_tpm: 0,              false",
            "tpm: 0,         rpm: 9,     max_tpm: 0,              false",
            "tpm: 99999,     tpm: 0,     max_tpm: 0,              true",
            "tpm: 0,         tpm: 99999, max_tpm: 0,              true",
            "tpm: 0,         tpm: 0,     max_tpm: 99999,          true",
            "tpm: 0,         tpm: 0,     max_input_tokens: 99999, true",
            "enabled: false, tpm: 99999, max_tpm: 99999,          false"})
    void shouldCountOnlyForALimit(String ofGateway, String ofClient, String ofInstance, boolean expected) throws Exception {
        // given
        String settings = "rate_limit: { " + ofGateway + " }\nclients: { keys: [ { name: a, key: k1, " + ofClient
                + " } ] }\ninstances:\n" + instance("first", upstream, 1, ", " + ofInstance);
        try (TestGateway gateway = TestGateway.start(settings)) {
            watch(gateway.main().getCamelContext());

            // when
            assertThat(reserving(gateway, 100, "api-key", "k1").statusCode()).isEqualTo(200);

            // then
            assertThat(counted.poll(60, TimeUnit.SECONDS)).isEqualTo(expected);
        }
    }

    /** Sees every call when it has ended. */
    private void watch(CamelContext context) throws Exception {
        SimpleEventNotifierSupport ended = new SimpleEventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.ExchangeCompletedEvent completed) {
                    Call call = Call.find(completed.getExchange());
                    if (call != null) {
                        counted.add(call.result().completionCounter() != null);
                    }
                }
            }
        };
        ended.setIgnoreExchangeEvents(false);
        ended.setIgnoreExchangeCompletedEvent(false);
        ended.start();
        context.getManagementStrategy().addEventNotifier(ended);
    }
}
