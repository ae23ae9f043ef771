package dev.openaigateway.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** The page in Chromium, against a gateway with a thousand instances. */
@GatewayTest
@ProcessTest
class PageInBrowserTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RULES = """
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps: [ { loadBalance: { id: %s, customLoadBalancer: { ref: failover }, steps: [ { to: { id: all, uri: "instance:*" } } ] } } ]
            """;

    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static final GatewayFolder FOLDER = GatewayFolder.copy().rules(RULES.formatted("first"));
    private static TestGateway gateway;
    private static Browser browser;

    @BeforeAll
    static void start() {
        Assumptions.assumeTrue(Browser.installed().isPresent(), "No Chromium is installed, so the page is not tested in a browser.");
        StringBuilder settings = new StringBuilder("""
                admin: { token: t0ken, monitor_token: l00k }
                rate_limit: { enabled: true, tpm: 100000 }
                instances:
                """);
        for (int i = 0; i < 1000; i++) {
            settings.append("  - { name: n" + i + ", provider_type: generic, api_base: \"" + UPSTREAM.uri() + "\", max_tpm: 4000, priority: " + (i + 1)
                    + ", supported_models: [gpt-4o] }\n");
        }
        gateway = TestGateway.builder().folder(FOLDER.path()).settings(settings.toString()).start();
        UPSTREAM.enqueue(Reply.error(500, "broken", "<img src=x onerror=alert(1)>")).respond(Reply.chat("Hi", 30, 12));
        for (int i = 0; i < 3; i++) {
            gateway.chat("gpt-4o");
        }
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            gateway.close();
        }
        UPSTREAM.close();
    }

    @BeforeEach
    void openAFreshPage() {
        browser.forget(gateway.url("/"));
    }

    @AfterEach
    void shouldHaveNoErrorAndAskNoOtherHost() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).allMatch(url -> url.startsWith(gateway.url("/")));
    }

    @Test
    void shouldSignInAndShowWhatTheApiShows() {
        signIn("t0ken");
        browser.awaitText("#state", "1000 of 1000 healthy");

        JsonNode cards = api("/admin/overview").at("/instances/data");
        assertThat(browser.evaluate("document.querySelectorAll('#instances > li').length").asInt()).as("only one page of instances").isEqualTo(60);
        JsonNode first = cards.path(0);
        browser.awaitText("[data-instance=n0]", "<img src=x onerror=alert(1)>");
        assertThat(browser.evaluate("document.querySelector('[data-instance=n0] .meter').getAttribute('aria-valuenow')").asInt())
                .isEqualTo(first.at("/limits/0/used").asInt());
        assertThat(browser.text("[data-instance=n0] .facts")).contains("closed", "1, 100");
        browser.evaluate("document.getElementById('instance-search').value = 'n99'; document.getElementById('instance-search').dispatchEvent(new Event('input'))");
        browser.awaitText(".found", "11 instances");
        browser.awaitText("#tile-in-flight", "0");
    }

    @Test
    void shouldDrawTheSeriesThatTheGatewayKeeps() {
        signIn("l00k");
        Eventually.holds("the first interval is complete", () -> api("/admin/overview").at("/points").findValues("requests").stream()
                .mapToInt(JsonNode::asInt).sum() >= 3);

        JsonNode point = api("/admin/overview").at("/points/0");
        browser.evaluate("document.querySelector('.plot').focus()");
        browser.press("Home");
        String rate = point.path("requests").asInt() == 0 ? "all 0" : "all " + "%.2f".formatted(point.path("requests").asInt() / 5.0);
        Eventually.holds(rate, () -> {
            browser.press("Home");
            return browser.evaluate("document.querySelector('.plot').getAttribute('aria-valuetext')").asText().contains(rate);
        });
    }

    @Test
    void shouldShowANewRuleAtTheSecondPollAtTheLatest() {
        signIn("l00k");
        browser.click("nav a[href='#rules']");
        browser.awaitText("#rules-picture", "routing");
        String name = "second" + System.nanoTime();
        FOLDER.rules(RULES.formatted(name));
        Eventually.holds("the rule is active", () -> api("/admin/rules").toString().contains(name));
        int polls = polls();

        Eventually.holds("the rule is on the page", () -> browser.evaluate("document.querySelector('#rules-list').textContent").asText().contains("loadBalance")
                && shownRules().contains(api("/admin/rules").path("version").asText()));
        assertThat(polls() - polls).isLessThanOrEqualTo(3);
        assertThat(browser.evaluate("import('/dashboard/rules.js').then(module => module.rules.period)").asInt()).isLessThan(1000);
    }

    @Test
    void shouldChangeAnInstanceOnceTheOperatorHasAgreed() {
        signIn("t0ken");
        browser.click("[data-instance=n5] [data-action=toggle]");
        browser.awaitText("#confirm", "Switch n5 off?");
        browser.press("Escape");
        assertThat(instance("n5").path("enabled").asBoolean()).as("not agreed").isTrue();
        browser.click("[data-instance=n5] [data-action=toggle]");
        browser.click("#confirm-ok");
        browser.awaitText("[data-instance=n5]", "switched off");
        assertThat(instance("n5").path("enabled").asBoolean()).isFalse();
        browser.click("[data-instance=n5] [data-action=toggle]");
        browser.click("#confirm-ok");
        Eventually.holds("it is on again", () -> instance("n5").path("enabled").asBoolean());
    }

    @Test
    void shouldOfferNoChangesToTheMonitorToken() {
        signIn("l00k");
        browser.awaitText("#sign-out", "looking only");
        browser.awaitText("[data-instance=n1]", "n1");
        assertThat(visible("[data-action]")).isZero();
        browser.click("nav a[href='#check']");
        browser.awaitText("#view", "A file of rules");
        Eventually.holds("no reload", () -> visible("#reload") == 0);
    }

    @Test
    void shouldCheckAPastedFile() {
        signIn("l00k");
        browser.click("nav a[href='#check']");
        browser.click("#check-text");
        browser.evaluate("document.getElementById('check-text').value = " + quoted(RULES.formatted("pasted")));
        browser.click("#check-button");
        browser.awaitText("#check-result", "The file is valid");
    }

    @Test
    void shouldExplainARequest() {
        signIn("l00k");
        browser.click("nav a[href='#why']");
        browser.awaitText("#view", "Model");
        browser.evaluate("document.getElementById('why-model').value = 'gpt-4o'");
        browser.click("#view form button");
        browser.awaitText("#why-result", "It goes to n");
        browser.awaitText("#why-result", "loadBalance");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limits", "events", "rules", "requests"})
    void shouldShowEachView(String view) {
        signIn("l00k");
        browser.click("nav a[href='#" + view + "']");
        Eventually.holds(view, () -> browser.evaluate("document.querySelector('#view section').innerText.length").asInt() > 20
                && browser.evaluate("document.querySelector('nav a[aria-current]').hash").asText().equals("#" + view));
    }

    @Test
    void shouldBeUsableByKeyboard() {
        Eventually.holds("the dialog is open", () -> browser.evaluate("document.getElementById('sign-in').open").asBoolean());
        assertThat(browser.focused()).isEqualTo("token");
        browser.press("Escape");
        assertThat(browser.evaluate("document.getElementById('sign-in').open").asBoolean()).as("nothing to see without a token").isTrue();
        browser.type("l00k");
        browser.press("Enter");
        browser.awaitText("#state", "healthy");
        browser.evaluate("document.activeElement.blur()");

        Set<String> reached = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            browser.press("Tab");
            reached.add(browser.focused());
            assertThat(browser.evaluate("document.activeElement === document.body || getComputedStyle(document.activeElement).outlineStyle !== 'none'").asBoolean())
                    .as("visible focus of " + browser.focused()).isTrue();
        }
        assertThat(reached).contains("#main", "#traffic", "#rules", "theme", "sign-out", "Requests/s, time", "instance-search");
    }

    @Test
    void shouldFollowTheSchemeOfTheSystemAndTheSwitch() {
        browser.prefer("dark");
        String dark = background();
        browser.prefer("light");
        String light = background();
        browser.evaluate("document.getElementById('theme').value = 'dark'; document.getElementById('theme').dispatchEvent(new Event('change'))");

        assertThat(light).isNotEqualTo(dark);
        assertThat(background()).isEqualTo(dark);
    }

    @Test
    void shouldFitAPhone() {
        browser.resize(360, 740);
        signIn("t0ken");
        for (String view : List.of("traffic", "limits", "rules", "requests", "why", "events", "check")) {
            browser.click("nav a[href='#" + view + "']");
            Eventually.holds(view, () -> browser.evaluate("document.querySelector('#view section') !== null").asBoolean());
            assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).as(view).isLessThanOrEqualTo(360);
        }
    }

    private static void signIn(String token) {
        Eventually.holds("the dialog is open", () -> browser.evaluate("document.getElementById('sign-in').open").asBoolean());
        browser.type(token);
        browser.press("Enter");
        browser.awaitText("#state", "healthy");
    }

    private static String background() {
        return browser.evaluate("getComputedStyle(document.body).backgroundColor").asText();
    }

    private static int visible(String selector) {
        return browser.evaluate("[...document.querySelectorAll('" + selector + "')].filter(e => e.checkVisibility()).length").asInt();
    }

    private static int polls() {
        return (int) browser.requests().stream().filter(url -> url.endsWith("/admin/rules")).count();
    }

    private static String shownRules() {
        return browser.evaluate("import('/dashboard/rules.js').then(module => module.rules.seen)").asText();
    }

    private static JsonNode instance(String name) {
        return api("/admin/overview?limit=1000").at("/instances/data").findParents("name").stream()
                .filter(card -> card.path("name").asText().equals(name)).findFirst().orElseThrow();
    }

    private static JsonNode api(String path) {
        try {
            return JSON.readTree(gateway.get(path, "X-Admin-Token", "t0ken").body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(String text) {
        return "`" + text.replace("`", "\\`").replace("$", "\\$") + "`";
    }
}
