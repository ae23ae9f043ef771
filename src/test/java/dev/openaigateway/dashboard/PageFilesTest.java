package dev.openaigateway.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class PageFilesTest {

    private static final Path FOLDER = Path.of("src/main/resources/dashboard");

    private static TestGateway gateway;

    @BeforeAll
    static void startGateway() {
        gateway = TestGateway.builder().variable("ADMIN_TOKEN", "t0ken").start();
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
    }

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.toList();
        }
    }

    @Test
    void shouldLeadABrowserFromTheRootToThePage() {
        HttpResponse<String> response = gateway.get("/", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8");

        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(header(response, "location")).isEqualTo("/dashboard");
        assertThat(gateway.get("/dashboard/").statusCode()).isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "text/plain"})
    void shouldRespondToOtherClientsAsAHealthCheck(String accept) {
        assertThat(gateway.get("/", "Accept", accept).body()).isEqualTo("{\"status\": \"ok\"}");
    }

    @Test
    void shouldServeEveryFileWithoutAToken() throws IOException {
        assertThat(files()).hasSizeGreaterThan(8).allSatisfy(file -> {
            HttpResponse<String> response = gateway.get("/dashboard/" + file.getFileName());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(Files.readString(file));
        });
        assertThat(gateway.get("/dashboard").body()).isEqualTo(Files.readString(FOLDER.resolve("index.html")));
    }

    @Test
    void shouldAllowNothingButTheGatewaysOwnScripts() {
        HttpResponse<String> page = gateway.get("/dashboard");

        assertThat(header(page, "content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(page, "content-security-policy")).contains("default-src 'none'", "script-src 'self'", "style-src 'self'",
                "connect-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'").doesNotContain("unsafe");
        assertThat(page.headers().allValues("content-security-policy")).hasSize(1);
        assertThat(page.body()).doesNotContainPattern("<script(?![^>]* src=)|<style| style=| on[a-z]+=\"|https?://");
    }

    @Test
    void shouldSendAFileOnceToABrowserThatKeepsIt() {
        HttpResponse<String> first = gateway.get("/dashboard/app.js");
        HttpResponse<String> again = gateway.get("/dashboard/app.js", "If-None-Match", header(first, "etag"));

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(first, "cache-control")).isEqualTo("no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dashboard/none.js", "/dashboard/..%2flog4j2.properties", "/dashboard/../log4j2.properties", "/dashboard/x/app.js/", "/dashboard/app.js%00",
        "/dashboard/package-info.class", "/dashboardx"})
    void shouldServeNothingElse(String path) throws IOException {
        HttpResponse<String> response = gateway.get(path);

        assertThat(response.statusCode()).isIn(302, 400, 404);
        assertThat(response.body()).doesNotContain("appender", "import");
        if (response.statusCode() == 404) {
            JsonNode error = new ObjectMapper().readTree(response.body()).path("error");
            assertThat(error.path("code").asText()).isEqualTo("unknown_url");
        }
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElseThrow();
    }
}
