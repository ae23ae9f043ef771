package dev.openaigateway.images;

import dev.openaigateway.support.TestClock;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class ImageStoreTest {

    private final TestClock clock = new TestClock();
    private final ImageStore store = new ImageStore(100, Duration.ofHours(1), clock);

    @Test
    void shouldFindStoredImages() {
        String id = store.keep(new byte[] {1, 2, 3});

        assertThat(id).matches("[0-9a-f]{32}");
        assertThat(store.find(id)).hasValue(new byte[] {1, 2, 3});
        assertThat(store.find("other")).isEmpty();
    }

    @Test
    void shouldDropExpiredImages() {
        String id = store.keep(new byte[10]);

        clock.advance(Duration.ofMinutes(59));
        assertThat(store.find(id)).isPresent();
        clock.advance(Duration.ofMinutes(1));
        assertThat(store.find(id)).isEmpty();
    }

    @Test
    void shouldDropTheOldestWhenFull() {
        String oldest = store.keep(new byte[40]);
        String older = store.keep(new byte[40]);
        String newest = store.keep(new byte[40]);

        assertThat(store.find(oldest)).isEmpty();
        assertThat(store.find(older)).isPresent();
        assertThat(store.find(newest)).isPresent();
        assertThat(store.find(store.keep(new byte[101]))).isEmpty();
    }
}
