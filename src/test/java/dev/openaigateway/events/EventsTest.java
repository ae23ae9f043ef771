package dev.openaigateway.events;

import dev.openaigateway.support.PlainContext;
import dev.openaigateway.support.TestClock;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Delivery of alerts to a route; usage records are delivered in the same way. */
@Timeout(60)
class EventsTest {

    private static final int CAPACITY = 10_000;

    private final DefaultCamelContext context = PlainContext.create();
    private final EventQueues<Exchange> queues = new EventQueues<>();
    private final Events events = new Events(context, queues, alert -> { }, new TestClock());
    private final List<String> delivered = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void shouldDeliverInOrderIncludingEventsFromBeforeTheRoutesStart() throws Exception {
        // given
        IntStream.range(0, 100).forEach(this::raise);
        start(delivered::add);

        // when
        IntStream.range(100, 1000).forEach(this::raise);
        events.drain();
        context.stop();

        // then
        assertThat(delivered).containsExactlyElementsOf(IntStream.range(0, 1000).mapToObj(String::valueOf).toList());
        assertThat(queues.dropped()).isZero();
    }

    @Test
    void shouldDropAndCountEventsThatDoNotFitWithoutWaiting() throws Exception {
        // given
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch resume = new CountDownLatch(1);
        start(message -> {
            busy.countDown();
            await(resume);
            delivered.add(message);
        });
        raise(0);
        busy.await();

        // when
        IntStream.rangeClosed(1, CAPACITY + 90).forEach(this::raise);
        resume.countDown();
        events.drain();
        context.stop();

        // then
        assertThat(queues.dropped()).isEqualTo(90);
        assertThat(delivered).hasSize(CAPACITY + 1);
    }

    @Test
    void shouldContinueAfterAnEventThatItsRouteFailedOn() throws Exception {
        // given
        start(message -> {
            if (Integer.parseInt(message) % 2 == 0) {
                throw new IllegalStateException("even number");
            }
            delivered.add(message);
        });

        // when
        IntStream.range(0, 6).forEach(this::raise);
        events.drain();
        context.stop();

        // then
        assertThat(delivered).containsExactly("1", "3", "5");
    }

    private void raise(int number) {
        events.alert(Alert.Kind.REDIS_LOST, null, String.valueOf(number));
    }

    private void start(Consumer<String> sink) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:alert?queue=#bean:alertQueue&pollTimeout=100")
                        .process(exchange -> sink.accept(exchange.getProperty(Events.EVENT, Alert.class).message()));
            }
        });
        context.start();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
