package dev.openaigateway.tokens;

import dev.openaigateway.support.RedisProcess;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** A cluster refuses a script whose keys have different slots. */
class RedisClusterTest {

    private static final int SLOTS = 16384;
    private static final int AT_ONCE = 4096;

    @Test
    void shouldChargeSeveralWindowsOfACluster() {
        // given
        try (RedisProcess redis = RedisProcess.started("--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1")) {
            for (int first = 0; first < SLOTS; first += AT_ONCE) {
                redis.command("CLUSTER ADDSLOTS " + IntStream.range(first, first + AT_ONCE).mapToObj(Integer::toString)
                        .collect(Collectors.joining(" ")));
            }
            awaitOk(redis);

            // when
            try (RedisWindowStore store = new RedisWindowStore(RedisAddress.parse("redis-cluster://127.0.0.1:" + redis.port()), 5000, Optional.empty())) {
                store.beat("test", 1000).toCompletableFuture().join();
                List<Charge> charges = List.of(Charge.tokens("global", 60, 100), Charge.tokens("client:alice", 60, 100));

                // then
                assertThat(store.reserve(charges)).isInstanceOf(Decision.Admitted.class);
                assertThat(store.reserve(charges)).isInstanceOf(Decision.Refused.class);
            }
        }
    }

    private static void awaitOk(RedisProcess redis) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!redis.command("SET {tpm}:ready yes").equals("+OK")) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }
}
