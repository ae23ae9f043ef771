package dev.openaigateway.events;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import javax.sql.DataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Adds the columns to the table of usage records that an earlier version of the gateway created without them. */
public final class UsageColumns implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(UsageColumns.class);
    private static final String TABLE = "gateway_usage";
    private static final Map<String, String> ADDED = new LinkedHashMap<>();

    static {
        for (String column : ("ended_ms bigint, served_model text, cached_tokens bigint, cache_write_tokens bigint, reasoning_tokens bigint, "
                + "audio_input_tokens bigint, audio_output_tokens bigint, image_input_tokens bigint, image_output_tokens bigint, "
                + "seconds double precision, service_tier text, rule text, upstream_request_id text, user_agent text, session text, "
                + "trace_id text, tried text").split(", ")) {
            ADDED.put(column.substring(0, column.indexOf(' ')), column);
        }
    }

    /** @throws SQLException if the table has not all columns, and they cannot be added */
    @Override
    public void process(Exchange exchange) throws SQLException {
        DataSource database = exchange.getContext().getRegistry().lookupByNameAndType("usageDatabase", DataSource.class);
        try (Connection connection = database.getConnection(); Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> column : ADDED.entrySet()) {
                if (!columns(connection).contains(column.getKey())) {
                    add(connection, statement, column);
                }
            }
        }
    }

    /** Another gateway may add it at the same time. */
    private static void add(Connection connection, Statement statement, Map.Entry<String, String> column) throws SQLException {
        try {
            statement.execute("alter table " + TABLE + " add column " + column.getValue());
            LOG.info("The table {} now has the column {}", TABLE, column.getKey());
        } catch (SQLException failed) {
            if (!columns(connection).contains(column.getKey())) {
                throw failed;
            }
        }
    }

    private static Set<String> columns(Connection connection) throws SQLException {
        Set<String> names = new HashSet<>();
        try (ResultSet columns = connection.getMetaData().getColumns(null, null, TABLE, null)) {
            while (columns.next()) {
                names.add(columns.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}
