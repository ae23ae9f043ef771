package dev.openaigateway.redis;

import org.redisson.Redisson;
import org.redisson.client.RedisConnection;
import org.redisson.client.WriteRedisConnectionException;
import org.redisson.connection.ClientConnectionsEntry;
import org.redisson.connection.ConnectionsHolder;
import org.redisson.connection.MasterSlaveEntry;

/**
 * The pooled connections of a Redisson client. Redisson keeps a closed connection in its pool until it has reconnected it, up
 * to ten seconds later, and gives out first the one that was used last: a command that meets a closed connection would meet it
 * again. Thread-safe.
 */
final class ConnectionPools {

    private final Redisson client;

    ConnectionPools(Redisson client) {
        this.client = client;
    }

    /** Whether the command was not sent, because its connection was closed. That does not show that Redis is unavailable. */
    static boolean isUnsent(Throwable failure) {
        return failure instanceof WriteRedisConnectionException || failure.getCause() instanceof WriteRedisConnectionException;
    }

    /** Removes closed connections that no command uses, so that the next command gets an open or a new one. */
    void dropClosed() {
        for (MasterSlaveEntry server : client.getCommandExecutor().getConnectionManager().getEntrySet()) {
            for (ClientConnectionsEntry entry : server.getAllEntries()) {
                dropClosed(entry.getConnectionsHolder());
            }
        }
    }

    private static void dropClosed(ConnectionsHolder<RedisConnection> pool) {
        for (RedisConnection connection : pool.getFreeConnections()) {
            if (!connection.isActive() && pool.remove(connection)) {
                connection.closeAsync();
            }
        }
    }
}
