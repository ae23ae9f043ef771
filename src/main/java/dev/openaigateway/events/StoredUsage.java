package dev.openaigateway.events;

import dev.openaigateway.log.root.GatewayLog;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.stats.RequestList;
import dev.openaigateway.stats.StoredRequests;
import dev.openaigateway.stats.UsageHistory;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ServiceStatus;
import org.slf4j.Logger;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the usage records that a database keeps, through the routes {@code usage-history} and {@code usage-requests}. Thread-safe. */
public final class StoredUsage {

    private static final Logger LOG = GatewayLog.LOG;

    private final CamelContext context;
    private final InstantSource clock;

    public StoredUsage(CamelContext context, InstantSource clock) {
        this.context = context;
        this.clock = clock;
    }

    /** Empty unless the route that stores usage records runs. */
    public Optional<UsageHistory> history() {
        return isStarted("usage-table") ? Optional.of(new UsageHistory(query -> stored("direct:usage-history", query), clock)) : Optional.empty();
    }

    /** @param recent what to list unless stored requests can be read: a user's route file may store records without the route that lists them */
    public RequestList.Source requests(RequestList.Source recent) {
        return isStarted("usage-table") && isStarted("usage-requests") ? new StoredRequests(query -> stored("direct:usage-requests", query)) : recent;
    }

    private boolean isStarted(String route) {
        return context.getRouteController().getRouteStatus(route) == ServiceStatus.Started;
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> stored(String uri, Map<String, Object> query) throws IOException {
        try (ProducerTemplate producer = context.createProducerTemplate()) {
            return producer.requestBody(uri, query, List.class);
        } catch (CamelExecutionException failed) {
            LOG.warn("The database of usage records cannot be read ({}); a request to /admin/requests or /stats/usage was answered with 503",
                    failed.getCause().getClass().getSimpleName());
            LOG.debug("Stack trace of the failed query for usage records", failed);
            throw Errors.usageRecordsUnavailable().exception();
        }
    }
}
