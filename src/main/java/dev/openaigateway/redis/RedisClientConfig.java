package dev.openaigateway.redis;

import dev.openaigateway.config.RedisAddress;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;

import java.time.Duration;

/** Builds Redisson's configuration for an address. */
final class RedisClientConfig {

    /**
     * The least time for the commands that prepare a connection, in milliseconds. Redisson measures it without regard to stalls of this process,
     * so it is longer than a process that has just started may wait for a CPU.
     */
    private static final int PREPARE_MILLIS = 1_500;
    /** The least time to connect, in milliseconds. Redisson waits twice as long for the first connections, which must be prepared by then. */
    private static final int CONNECT_MILLIS = 1_000;

    private RedisClientConfig() {
    }

    /**
     * No command is repeated.
     *
     * @param timeout for a connection, and for the commands that prepare it; longer if it is less than they need
     */
    static Config of(RedisAddress address, Duration timeout) {
        int timeoutMillis = Math.toIntExact(timeout.toMillis());
        Config config = new Config().setThreads(2).setNettyThreads(4).setLazyInitialization(true);
        config.setUseScriptCache(true);
        String[] hosts = address.hosts().toArray(String[]::new);
        switch (address.kind()) {
            case SINGLE -> common(config.useSingleServer().setAddress(hosts[0]).setDatabase(address.database())
                    .setConnectionMinimumIdleSize(2).setConnectionPoolSize(32), address, timeoutMillis);
            case SENTINEL -> replicated(config.useSentinelServers().setMasterName(address.master()).setDatabase(address.database())
                    .addSentinelAddress(hosts).setCheckSentinelsList(false), address, timeoutMillis);
            case CLUSTER -> replicated(config.useClusterServers().addNodeAddress(hosts), address, timeoutMillis);
        }
        return config;
    }

    private static <T extends BaseMasterSlaveServersConfig<T>> void replicated(T servers, RedisAddress address, int timeoutMillis) {
        common(servers.setReadMode(ReadMode.MASTER).setMasterConnectionMinimumIdleSize(2).setMasterConnectionPoolSize(32),
                address, timeoutMillis);
    }

    private static <T extends BaseConfig<T>> void common(T servers, RedisAddress address, int timeoutMillis) {
        servers.setTimeout(Math.max(PREPARE_MILLIS, timeoutMillis)).setRetryAttempts(0).setConnectTimeout(Math.max(CONNECT_MILLIS, timeoutMillis)).setClientName("openai-gateway");
        address.user().ifPresent(servers::setUsername);
        address.password().ifPresent(servers::setPassword);
    }
}
