package dev.openaigateway.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.stats.UsageRecord;
import dev.openaigateway.stats.UsageSamples;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class AccessLogTest {

    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
    private static final UsageRecord STREAMED = UsageSamples.at(TIME).streamed(Duration.ofNanos(80_040_000)).record();

    @Test
    void shouldWriteOneLineOfKeysAndValues() {
        assertThat(written(PatternLayout.newBuilder().withPattern("%p %c %m").build(), STREAMED)).isEqualTo(
                "INFO access request_id=req-1 client=alice operation=chat/completions model=gpt-4o instance=east"
                        + " attempts=1 status=200 stream=true prompt_tokens=100 completion_tokens=20"
                        + " duration_ms=500.0 first_token_ms=80.0");
    }

    @Test
    void shouldOmitAbsentValues() {
        UsageRecord refused = UsageSamples.at(TIME).client(null).instance(null).model(null).failed(401, "invalid_api_key").record();

        assertThat(written(PatternLayout.newBuilder().withPattern("%m").build(), refused)).isEqualTo(
                "request_id=req-1 operation=chat/completions attempts=1 status=401 error=invalid_api_key stream=false"
                        + " prompt_tokens=0 completion_tokens=0 duration_ms=500.0");
    }

    @Test
    void shouldProvideTypedFieldsForTheJsonLayout() throws Exception {
        JsonTemplateLayout layout = JsonTemplateLayout.newBuilder()
                .setConfiguration(new DefaultConfiguration())
                .setEventTemplate("""
                        {"logger": {"$resolver": "logger", "field": "name"},
                         "access": {"$resolver": "map", "flatten": true}}""")
                .build();

        JsonNode line = new ObjectMapper().readTree(written(layout, STREAMED));

        assertThat(line.get("logger").asText()).isEqualTo("access");
        assertThat(line.get("request_id").asText()).isEqualTo("req-1");
        assertThat(line.get("status").isInt()).isTrue();
        assertThat(line.get("status").asInt()).isEqualTo(200);
        assertThat(line.get("stream").isBoolean()).isTrue();
        assertThat(line.get("duration_ms").asDouble()).isEqualTo(500.0);
        assertThat(line.has("error")).isFalse();
    }

    @Test
    void shouldNotLetAClientBreakTheLine() {
        assertThat(line("a\r\nb")).contains(" model=\"a\\u000d\\u000ab\" ");
        assertThat(line("a status=200")).contains(" model=\"a status=200\" ");
        assertThat(line("a\" x=\"\\")).contains(" model=\"a\\\" x=\\\"\\\\\" ");
        assertThat(line("")).contains(" model=\"\" ");
        assertThat(line("${jndi:ldap://x}")).contains(" model=${jndi:ldap://x} ");
        assertThat(line("x".repeat(1_000_000))).hasSizeLessThan(500);
    }

    @Property(tries = 200)
    void shouldStayOneLineOfPlainText(@ForAll String model) {
        assertThat(line(model)).matches("[ -~]+");
    }

    private static String line(String model) {
        return new AccessLine(UsageSamples.at(TIME).model(model).record()).getFormattedMessage();
    }

    private static String written(Layout<?> layout, UsageRecord usage) {
        Logger logger = (Logger) LogManager.getLogger(AccessLog.NAME);
        ListAppender appender = new ListAppender(layout);
        appender.start();
        Level level = logger.getLevel();
        logger.addAppender(appender);
        logger.setAdditive(false);
        logger.setLevel(Level.INFO);
        try {
            new AccessLog().write(usage);
        } finally {
            logger.setLevel(level);
            logger.setAdditive(true);
            logger.removeAppender(appender);
        }
        assertThat(appender.lines).hasSize(1);
        return appender.lines.get(0);
    }

    private static final class ListAppender extends AbstractAppender {

        private final List<String> lines = new ArrayList<>();

        private ListAppender(Layout<?> layout) {
            super("list", null, layout, false, org.apache.logging.log4j.core.config.Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            lines.add(getLayout().toSerializable(event).toString());
        }
    }
}
