package dev.openaigateway.ratelimit;

import dev.openaigateway.config.OnRedisFailure;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RedisProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A master with one replica, and a Sentinel (without users of its own) that promotes the replica. */
class RedisSentinelTest extends LimitersOnRedis {

    private RedisProcess master;
    private RedisProcess replica;
    private String url;

    @BeforeEach
    void start() {
        master = keep(RedisProcess.started("--repl-diskless-sync-delay", "0", "--user", "gate", "on", ">s3cret", "~*", "+@all"));
        replica = keep(RedisProcess.started("--replicaof", "127.0.0.1", Integer.toString(master.port()),
                "--user", "gate", "on", ">s3cret", "~*", "+@all"));
        Eventually.holds("the replica has joined", () -> replica.lines("INFO replication").contains("master_link_status:up"));
        RedisProcess sentinel = keep(RedisProcess.sentinel("gate", master));
        Eventually.holds("the Sentinel knows the replica",
                () -> sentinel.lines("INFO sentinel").stream().anyMatch(line -> line.contains("status=ok") && line.contains("slaves=1")));
        url = "redis-sentinel://gate:s3cret@127.0.0.1:" + sentinel.port() + "/2?master=gate";
    }

    @Test
    void shouldAdmitItsShareUntilTheReplicaIsPromoted() {
        // given
        TokenLimiter limiter = limiter(url, OnRedisFailure.LOCAL);
        reserve(limiter, 600);
        awaitReplicated();

        // when
        master.kill();

        // then
        assertAdmits(limiter, LIMIT - 600);
        Eventually.holds("Redis is back", () -> heard.contains("back"));
        assertThat(reserve(limiter, 1)).as("its own share is used up").isInstanceOf(Decision.Refused.class);
        assertThat(reserve(limiter(url, OnRedisFailure.CLOSED), 1)).as("what was admitted alone is charged there").isInstanceOf(Decision.Refused.class);
        assertThat(replica.lines("INFO keyspace")).anyMatch(line -> line.startsWith("db2:"));
    }

    @Test
    void shouldSendThePasswordToAProtectedSentinel() {
        // given
        RedisProcess guarded = keep(RedisProcess.sentinel("gate", master, "--requirepass", "s3cret"));

        // then
        assertAdmits(limiter("redis-sentinel://gate:s3cret@127.0.0.1:" + guarded.port() + "/2?master=gate", OnRedisFailure.CLOSED), LIMIT);
        assertThat(heard).isEmpty();
    }

    @Test
    void shouldRefuseUntilTheReplicaIsPromotedUnderPolicyClosed() {
        // given
        TokenLimiter limiter = limiter(url, OnRedisFailure.CLOSED);
        reserve(limiter, 600);
        awaitReplicated();

        // when
        master.kill();

        // then
        assertThat(reserve(limiter, 1)).isEqualTo(new Decision.Unavailable());
        Eventually.holds("Redis is back", () -> heard.contains("back"));
        assertAdmits(limiter, LIMIT - 600);
        assertThat(replica.lines("INFO replication")).contains("role:master");
    }

    private void awaitReplicated() {
        Eventually.holds("the replica has the keys",
                () -> replica.lines("INFO keyspace").stream().anyMatch(line -> line.startsWith("db2:keys=2,")));
    }
}
