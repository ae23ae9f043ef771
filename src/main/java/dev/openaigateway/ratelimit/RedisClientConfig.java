package dev.openaigateway.ratelimit;

import dev.openaigateway.config.RedisAddress;
import org.redisson.config.BaseConfig;
import org.redisson.config.BaseMasterSlaveServersConfig;
import org.redisson.config.Config;
import org.redisson.config.ReadMode;

/** Builds Redisson's configuration for an address. */
final class RedisClientConfig {

    private RedisClientConfig() {
    }

    /** A command fails after {@code timeoutMillis} and is never repeated. */
    static Config of(RedisAddress address, int timeoutMillis) {
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
        servers.setTimeout(timeoutMillis).setRetryAttempts(0).setConnectTimeout(500).setClientName("openai-gateway");
        address.user().ifPresent(servers::setUsername);
        address.password().ifPresent(servers::setPassword);
    }
}
