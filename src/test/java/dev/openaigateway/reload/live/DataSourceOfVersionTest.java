package dev.openaigateway.reload.live;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** A rule that asks a database. A reload with another database replaces the pool of connections, which is a bean of the rules. */
@GatewayTest
class DataSourceOfVersionTest {

    private static final String BEANS = """
            - beans:
                - name: quotas
                  type: com.zaxxer.hikari.HikariDataSource
                  destroyMethod: close
                  properties: { jdbcUrl: "jdbc:sqlite:%s", maximumPoolSize: 1 }
            """;
    private static final String STEPS = """
            - to: { uri: "sql:select count(*) from t", variableReceive: rows, parameters: { dataSource: "DATA_SOURCE", outputType: SelectOne } }
            - to: { uri: "request:header", parameters: { name: x-rows, value: "${variable.rows}" } }
            - to: { uri: "instance:east" }
            """;

    private final GatewayFolder folder = GatewayFolder.copy();
    private final TestClock clock = new TestClock();

    @ParameterizedTest
    @ValueSource(strings = {"#bean:quotas", "#quotas"})
    void shouldAskTheDatabaseOfTheActiveVersion(String dataSource) throws SQLException {
        String route = OneRoute.of(STEPS.replace("DATA_SOURCE", dataSource));
        folder.rules(BEANS.formatted(database("first.db", 1)) + route);
        try (ScriptedUpstream upstream = ScriptedUpstream.start(); TestGateway gateway = TestGateway.builder().folder(folder.path()).clock(clock).settings("""
                admin: { watch_files: false }
                instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s" } ]
                """.formatted(upstream.uri())).start()) {
            assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);

            folder.rules(BEANS.formatted(database("second.db", 2)) + route);
            assertThat(gateway.post("/config/reload", "").body()).contains("new rules");
            assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);
            clock.advance(Duration.ofMinutes(2));
            gateway.post("/config/reload", "");
            assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);

            assertThat(upstream.requests()).extracting(request -> request.header("x-rows")).containsExactly("1", "2", "2");
        }
    }

    private Path database(String name, int rows) throws SQLException {
        Path file = folder.path().resolve(name);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file); Statement statement = connection.createStatement()) {
            statement.execute("create table t (x)");
            for (int i = 0; i < rows; i++) {
                statement.execute("insert into t values (1)");
            }
        }
        return file;
    }
}
