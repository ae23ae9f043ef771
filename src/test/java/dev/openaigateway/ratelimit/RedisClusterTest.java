package dev.openaigateway.ratelimit;

import dev.openaigateway.config.OnRedisFailure;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RedisProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** A cluster of three nodes, each with a third of the slots. It refuses a script whose keys are in different slots. */
class RedisClusterTest extends LimitersOnRedis {

    private static final int SLOTS = 16384;
    private static final int NODES = 3;
    private static final int AT_ONCE = 4096;

    private List<RedisProcess> nodes;

    @BeforeEach
    void start() {
        nodes = IntStream.range(0, NODES).mapToObj(node -> keep(RedisProcess.started(
                "--cluster-enabled", "yes", "--cluster-announce-ip", "127.0.0.1"))).toList();
        for (int i = 0; i < NODES; i++) {
            RedisProcess node = nodes.get(i);
            node.command("CLUSTER SET-CONFIG-EPOCH " + (i + 1));
            addSlots(node, SLOTS * i / NODES, SLOTS * (i + 1) / NODES);
            nodes.get(0).command("CLUSTER MEET 127.0.0.1 " + node.port());
        }
        nodes.forEach(node -> Eventually.holds("the cluster knows all nodes",
                () -> node.lines("CLUSTER INFO").containsAll(List.of("cluster_state:ok", "cluster_known_nodes:3"))));
    }

    @Test
    void shouldChargeSeveralWindowsForAllGateways() {
        // given
        TokenLimiter one = limiter(url(nodes.get(0)), OnRedisFailure.CLOSED);
        TokenLimiter two = limiter(url(nodes.get(1)) + ",127.0.0.1:" + nodes.get(2).port(), OnRedisFailure.CLOSED);
        List<Charge> charges = List.of(Charge.tokens("global", 600, LIMIT), Charge.tokens("client:alice", 600, LIMIT));

        // when
        Admission first = one.reserve(600, charges);
        Admission second = two.reserve(600, charges);

        // then
        assertThat(first).isInstanceOf(Reservation.class);
        assertThat(second).isInstanceOf(Decision.Refused.class);
        assertThat(two.used(List.of("global", "client:alice"))).containsEntry("global", 600L).containsEntry("client:alice", 600L);
        assertThat(heard).isEmpty();
    }

    @Test
    void shouldKeepAllWindowsInOneSlot() {
        // when
        limiter(url(nodes.get(0)), OnRedisFailure.CLOSED)
                .reserve(1, List.of(Charge.tokens("global", 1, LIMIT), Charge.tokens("client:alice", 1, LIMIT)));

        // then
        assertThat(nodes).extracting(node -> node.command("DBSIZE")).containsOnlyOnce(":3").contains(":0");
        assertThat(nodes.get(0).command("CLUSTER KEYSLOT {tpm}:w:global"))
                .isEqualTo(nodes.get(0).command("CLUSTER KEYSLOT {tpm}:w:client:alice"));
    }

    @Test
    void shouldApplyThePolicyIfTheNodeOfItsSlotIsGone() {
        // given
        TokenLimiter closed = limiter(url(nodes.get(0)), OnRedisFailure.CLOSED);
        TokenLimiter local = limiter(url(nodes.get(0)), OnRedisFailure.LOCAL);
        reserve(closed, 1);

        // when
        nodes.stream().filter(node -> !node.command("DBSIZE").equals(":0")).forEach(RedisProcess::kill);

        // then
        assertThat(reserve(closed, 1)).isEqualTo(new Decision.Unavailable());
        assertThat(reserve(local, 1)).isInstanceOf(Reservation.class);
    }

    private static String url(RedisProcess node) {
        return "redis-cluster://127.0.0.1:" + node.port();
    }

    private static void addSlots(RedisProcess node, int from, int to) {
        for (int first = from; first < to; first += AT_ONCE) {
            node.command("CLUSTER ADDSLOTS " + IntStream.range(first, Math.min(to, first + AT_ONCE)).mapToObj(Integer::toString)
                    .collect(Collectors.joining(" ")));
        }
    }
}
