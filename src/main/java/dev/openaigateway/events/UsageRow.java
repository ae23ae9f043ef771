package dev.openaigateway.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.openaigateway.openai.Json;
import dev.openaigateway.stats.UsageRecord;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import java.util.Map;

/** Replaces a usage record by its row in a table: its fields, the end as a number, and the attempts as JSON. */
public final class UsageRow implements Processor {

    @Override
    public void process(Exchange exchange) throws JsonProcessingException {
        UsageRecord usage = exchange.getProperty(Events.EVENT, UsageRecord.class);
        Map<String, Object> row = usage.fields();
        row.put("ended", usage.time().getEpochSecond());
        row.put("ended_ms", usage.time().toEpochMilli());
        row.put("tried", Json.MAPPER.writeValueAsString(usage.tried()));
        exchange.getMessage().setBody(row);
    }
}
