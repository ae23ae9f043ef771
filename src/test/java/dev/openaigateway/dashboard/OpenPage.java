package dev.openaigateway.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The page in Chromium, against a gateway with the instances n0, n1 and so on, and one rule. Three requests were made; n0 failed the first. */
final class OpenPage implements AutoCloseable {

    static final String ADMIN = "t0ken";
    static final String MONITOR = "l00k";

    private static final ObjectMapper JSON = new ObjectMapper();

    final Browser browser;
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final GatewayFolder folder = GatewayFolder.copy().rules(rules("first"));
    private final TestGateway gateway;

    OpenPage(int instances) {
        StringBuilder settings = new StringBuilder("""
                admin: { token: t0ken, monitor_token: l00k }
                rate_limit: { enabled: true, tpm: 100000 }
                instances:
                """);
        for (int i = 0; i < instances; i++) {
            settings.append("  - { name: n" + i + ", provider_type: generic, api_base: \"" + upstream.uri() + "\", max_tpm: 4000, priority: " + (i + 1)
                    + ", supported_models: [gpt-4o] }\n");
        }
        gateway = TestGateway.builder().folder(folder.path()).settings(settings.toString()).start();
        upstream.enqueue(Reply.error(500, "broken", "<img src=x onerror=alert(1)>")).respond(Reply.chat("Hi", 30, 12));
        for (int i = 0; i < 3; i++) {
            gateway.chat("gpt-4o");
        }
        browser = Browser.start();
    }

    /** The text of a rules file whose only rule has this name. */
    static String rules(String name) {
        return """
                - route:
                    id: routing
                    from:
                      uri: direct:routing
                      steps: [ { loadBalance: { id: %s, customLoadBalancer: { ref: failover }, steps: [ { to: { id: all, uri: "instance:*" } } ] } } ]
                """.formatted(name);
    }

    void replaceRules(String name) {
        folder.rules(rules(name));
    }

    String url(String path) {
        return gateway.url(path);
    }

    void signIn(String token) {
        Eventually.holds("the dialog is open", () -> browser.evaluate("document.getElementById('sign-in').open").asBoolean());
        browser.type(token);
        browser.press("Enter");
        browser.awaitText("#state", "healthy");
    }

    /** Presses the tabulator until the element has the focus. */
    void tabTo(String element) {
        for (int i = 0; i < 80 && !browser.focused().equals(element); i++) {
            browser.press("Tab");
        }
        if (!browser.focused().equals(element)) {
            throw new AssertionError(element + " is not reached by the keyboard, but " + browser.focused());
        }
    }

    /** A request whose model, user agent and session are markup, and longer than a phone is wide. */
    void sendHostileRequest() {
        gateway.chat("<img src=x onerror=alert(3)>" + "m".repeat(200), "User-Agent", "<script>alert(2)</script>" + "u".repeat(200),
                "x-session-id", "<svg/onload=alert(4)>" + "s".repeat(100));
    }

    void show(String view) {
        browser.click("nav a[href='#" + view + "']");
        Eventually.holds(view, () -> browser.evaluate("document.querySelector('#view section') !== null").asBoolean());
    }

    String background() {
        return browser.evaluate("getComputedStyle(document.body).backgroundColor").asText();
    }

    /** The number of visible elements. */
    int visible(String selector) {
        return browser.evaluate("[...document.querySelectorAll('" + selector + "')].filter(e => e.checkVisibility()).length").asInt();
    }

    /** Sets the value of a field and notifies the page. */
    void enter(String field, String value) {
        browser.evaluate("(field => { field.value = `" + value.replace("$", "\\$") + "`; field.dispatchEvent(new Event('input')); field.dispatchEvent(new Event('change')) })"
                + "(document.getElementById('" + field + "'))");
    }

    JsonNode instance(String name) {
        return api("/admin/overview?limit=1000").at("/instances/data").findParents("why").stream()
                .filter(card -> card.path("name").asText().equals(name)).findFirst().orElseThrow();
    }

    JsonNode api(String path) {
        try {
            return JSON.readTree(gateway.get(path, "X-Admin-Token", ADMIN).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        browser.close();
        gateway.close();
        upstream.close();
    }
}
