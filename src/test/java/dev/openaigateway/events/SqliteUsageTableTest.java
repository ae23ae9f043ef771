package dev.openaigateway.events;

import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

class SqliteUsageTableTest extends UsageTableContract {

    @TempDir
    private Path folder;

    @Override
    TestGateway.Builder database(TestGateway.Builder builder) {
        return builder.property("events.sql.url", "jdbc:sqlite:" + folder.resolve("usage.db"));
    }
}
