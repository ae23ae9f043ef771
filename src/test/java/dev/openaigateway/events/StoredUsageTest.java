package dev.openaigateway.events;

import dev.openaigateway.openai.ApiException;
import dev.openaigateway.stats.RequestQuery;
import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.PlainContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StoredUsageTest {

    @Test
    void shouldLogWhatFailsWhenTheDatabaseCannotBeRead() throws Exception {
        // given
        try (DefaultCamelContext context = PlainContext.create(); CapturedLog log = new CapturedLog()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:usage-table").routeId("usage-table").stop();
                    from("direct:usage-requests").routeId("usage-requests").throwException(new SQLException("password=secret"));
                }
            });
            context.start();

            // when
            assertThatThrownBy(() -> new StoredUsage(context, Clock.systemUTC()).requests(null)
                    .read(new RequestQuery(null, null, null, 0, 999, Instant.EPOCH, 10, null)))
                    .isInstanceOf(ApiException.class);

            // then
            assertThat(log.linesWith("The database of usage records")).singleElement().asString()
                    .endsWith(" cannot be read (SQLException); a request to /admin/requests or /stats/usage was answered with 503");
        }
    }
}
