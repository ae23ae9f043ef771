package dev.openaigateway.events;

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

/** Alerts on their way to a route; usage records go the same way. */
@Timeout(60)
class EventsTest {

    private static final int CAPACITY = 10_000;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final EventQueues<Exchange> queues = new EventQueues<>();
    private final Events events = new Events(context, queues, new TestClock());
    private final List<String> taken = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void shouldHandOnInOrderAlsoWhatHappenedBeforeTheRoutesRan() throws Exception {
        // given
        IntStream.range(0, 100).forEach(this::raise);
        start(taken::add);

        // when
        IntStream.range(100, 1000).forEach(this::raise);
        events.drain();
        context.stop();

        // then
        assertThat(taken).containsExactlyElementsOf(IntStream.range(0, 1000).mapToObj(String::valueOf).toList());
        assertThat(queues.dropped()).isZero();
    }

    @Test
    void shouldDropAndCountWhatDoesNotFitWithoutWaiting() throws Exception {
        // given
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        start(message -> {
            busy.countDown();
            await(goOn);
            taken.add(message);
        });
        raise(0);
        busy.await();

        // when
        IntStream.rangeClosed(1, CAPACITY + 90).forEach(this::raise);
        goOn.countDown();
        events.drain();
        context.stop();

        // then
        assertThat(queues.dropped()).isEqualTo(90);
        assertThat(taken).hasSize(CAPACITY + 1);
    }

    @Test
    void shouldGoOnAfterOneThatItsRouteDidNotTake() throws Exception {
        // given
        start(message -> {
            if (Integer.parseInt(message) % 2 == 0) {
                throw new IllegalStateException("no even ones");
            }
            taken.add(message);
        });

        // when
        IntStream.range(0, 6).forEach(this::raise);
        events.drain();
        context.stop();

        // then
        assertThat(taken).containsExactly("1", "3", "5");
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
