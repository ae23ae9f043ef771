package dev.openaigateway.security;

import dev.openaigateway.support.TestClock;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

class AddressLockoutTest {

    private static final Duration BLOCK = Duration.ofSeconds(300);

    private final TestClock clock = new TestClock();
    private final AddressLockout lockout = new AddressLockout(5, BLOCK, clock);

    @Test
    void shouldBlockWithTheLastBadKeyAllowed() {
        badKeys("10.0.0.1", 4);
        assertThat(lockout.remaining("10.0.0.1")).isEmpty();

        badKeys("10.0.0.1", 1);
        assertThat(lockout.remaining("10.0.0.1")).contains(BLOCK);
        assertThat(lockout.remaining("10.0.0.2")).isEmpty();
    }

    @Test
    void shouldEndTheBlockAndForgetTheCount() {
        badKeys("10.0.0.1", 5);

        clock.advance(BLOCK.minusMillis(1));
        assertThat(lockout.remaining("10.0.0.1")).contains(Duration.ofMillis(1));
        clock.advance(Duration.ofMillis(1));
        assertThat(lockout.remaining("10.0.0.1")).isEmpty();
        assertThat(lockout.size()).isZero();
        badKeys("10.0.0.1", 4);
        assertThat(lockout.remaining("10.0.0.1")).isEmpty();
    }

    @Test
    void shouldNeverBlockWhenSwitchedOff() {
        lockout.setThresholds(0, BLOCK);
        badKeys("10.0.0.1", 100);

        assertThat(lockout.remaining("10.0.0.1")).isEmpty();
        assertThat(lockout.size()).isZero();
    }

    @Test
    void shouldKeepBlocksWhenLimitsChange() {
        badKeys("10.0.0.1", 5);
        lockout.setThresholds(100, Duration.ofSeconds(1));

        assertThat(lockout.remaining("10.0.0.1")).contains(BLOCK);
    }

    @Test
    void shouldStayBoundedUnderForgedAddresses() {
        for (int i = 0; i < 100_000; i++) {
            lockout.badKey("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255));
        }

        assertThat(lockout.size()).isEqualTo(10_000);
    }

    @Test
    void shouldForgetTheAddressWhoseLastBadKeyIsLongestAgo() {
        badKeys("first", 5);
        badKeys("second", 5);
        for (int i = 0; i < 9_998; i++) {
            lockout.badKey("other-" + i);
        }
        lockout.badKey("first");
        lockout.badKey("one more");

        assertThat(lockout.remaining("first")).isPresent();
        assertThat(lockout.remaining("second")).isEmpty();
    }

    @Test
    void shouldCountIpv6ByItsNetwork() {
        for (int i = 1; i <= 5; i++) {
            lockout.badKey("2001:db8:0:1::" + i);
        }

        assertThat(lockout.remaining("2001:db8:0:1:ffff::9")).isPresent();
        assertThat(lockout.remaining("2001:db8:0:2::1")).isEmpty();
        assertThat(lockout.size()).isEqualTo(1);
    }

    @Property(tries = 300)
    void shouldBlockExactlyWhenTheLastFiveKeysWereBad(
            @ForAll @IntRange(min = 1, max = 8) int allowed, @ForAll @Size(max = 40) List<Boolean> goodKeys) {
        AddressLockout each = new AddressLockout(allowed, BLOCK, clock);
        int row = 0;
        for (boolean good : goodKeys) {
            boolean blocked = row >= allowed;
            assertThat(each.remaining("10.0.0.1").isPresent()).isEqualTo(blocked);
            if (blocked) {
                break;
            }
            if (good) {
                each.goodKey("10.0.0.1");
            } else {
                each.badKey("10.0.0.1");
            }
            row = good ? 0 : row + 1;
        }
    }

    @Test
    void shouldLoseNoBadKeyWhenManyTryAtOnce() throws Exception {
        AddressLockout shared = new AddressLockout(4_000, BLOCK, clock);
        Callable<Void> thousandBadKeys = () -> {
            for (int i = 0; i < 1_000; i++) {
                shared.badKey("10.0.0.1");
                shared.goodKey("10.0.0.2");
                shared.remaining("10.0.0.1");
            }
            return null;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<Void> done : threads.invokeAll(List.of(
                    thousandBadKeys, thousandBadKeys, thousandBadKeys, thousandBadKeys))) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(shared.remaining("10.0.0.1")).isPresent();
    }

    private void badKeys(String address, int count) {
        for (int i = 0; i < count; i++) {
            lockout.badKey(address);
        }
    }
}
