package dev.openaigateway.stats;

import dev.openaigateway.stats.ScrapedGauges.Gauge;
import dev.openaigateway.stats.ScrapedGauges.Row;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ScrapedGaugesTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<String> pages = new ArrayList<>();
    private int scrapes;

    @Test
    void shouldReadTheRowsForEachScrapeAlsoDuringAnother() {
        ScrapedGauges.register(registry, () -> {
            int number = ++scrapes;
            if (number == 1) {
                pages.add(registry.scrape());
            }
            return List.of(new Gauge("seats_free", "Free seats", List.of(new Row(number, "room", "a\"b"), new Row(7, "room", ""))),
                    new Gauge("tables_free", "Free tables", List.of()));
        });

        pages.add(registry.scrape());

        assertThat(pages).containsExactly(page(2), page(1));
    }

    private static String page(int free) {
        return """
                # HELP seats_free Free seats
                # TYPE seats_free gauge
                seats_free{room=""} 7.0
                seats_free{room="a\\"b"} %d.0
                """.formatted(free);
    }
}
