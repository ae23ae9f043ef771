package dev.openaigateway.reload;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class WatchFilesTest {

    @Test
    void shouldIgnoreChangesOfUnwatchedFiles() throws IOException {
        try (TestGateway idle = TestGateway.start(named("before", false)); TestGateway watching = TestGateway.start(named("before", true))) {
            // when
            Files.writeString(idle.settingsFile(), named("after", false));
            for (String name : new String[] {"once", "twice"}) {
                Files.writeString(watching.settingsFile(), named(name, true));
                Eventually.holds(name + " is active", () -> name(watching).equals(name));
            }
            // then
            assertThat(name(idle)).as("both gateways poll equally often").isEqualTo("before");
            idle.post("/config/reload", "");
            assertThat(name(idle)).isEqualTo("after");
        }
    }

    @Test
    void shouldLogWhatHasChangedAndEachMistakeOnce() throws IOException {
        try (CapturedLog log = new CapturedLog(); TestGateway gateway = TestGateway.start(named("before", true))) {
            Files.writeString(gateway.settingsFile(), named("after", true) + "routing: { timeout: often }\n");
            Eventually.holds("the mistake is told, and in an alert too", () -> log.linesWith("often").size() == 2);
            Files.writeString(gateway.settingsFile(), named("after", true) + "routing: { timeout: 90 }\n");
            Eventually.holds("the settings are active", () -> !log.linesWith("Active settings").isEmpty());

            assertThat(log.linesWith("often")).hasSize(2).anyMatch(line -> line.startsWith("alert: The files on disk cannot be applied: "))
                    .anyMatch(line -> line.contains("The files on disk are refused; the active settings, rules and event routes stay: "));
            assertThat(log.linesWith("Active settings")).singleElement().asString().endsWith("; changed: name, routing.timeout");
        }
    }

    private static String named(String name, boolean watched) {
        return "name: " + name + "\nadmin: { watch_files: " + watched + " }\n";
    }

    private static String name(TestGateway gateway) {
        return gateway.get("/config").body().replaceAll(".*\"settings\":\\{\"name\":\"([^\"]*)\".*", "$1");
    }
}
