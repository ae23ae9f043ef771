package dev.openaigateway.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.support.Eventually;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

/** The page with a thousand instances. */
class PageInBrowserTest extends BrowserTest {

    @BeforeAll
    static void start() {
        start(1000);
    }

    @Test
    void shouldSignInAndShowWhatTheApiShows() {
        page.signIn(OpenPage.ADMIN);
        browser.awaitText("#state", "1000 of 1000 healthy");

        assertThat(browser.evaluate("document.querySelectorAll('#instances > li').length").asInt()).as("only one page of instances").isEqualTo(60);
        browser.awaitText("[data-instance=n0]", "<img src=x onerror=alert(1)>");
        Eventually.holds("the tokens used now", () -> browser.evaluate("document.querySelector('[data-instance=n0] .meter').getAttribute('aria-valuenow')").asInt()
                == page.instance("n0").at("/limits/0/used").asInt());
        assertThat(browser.text("[data-instance=n0] .facts")).contains("closed", "100");
        page.enter("instance-search", "n99");
        browser.awaitText(".found", "11 instances");
        browser.awaitText("#tile-in-flight", "0");
    }

    @Test
    void shouldDrawTheSeriesThatTheGatewayKeeps() {
        page.signIn(OpenPage.MONITOR);
        Eventually.holds("the first interval is complete", () -> page.api("/admin/overview").at("/points").findValues("requests").stream()
                .mapToInt(JsonNode::asInt).sum() >= 3);

        JsonNode point = page.api("/admin/overview").at("/points/0");
        browser.evaluate("document.querySelector('.plot').focus()");
        browser.press("Home");
        String rate = point.path("requests").asInt() == 0 ? "all 0" : "all " + String.format(Locale.ROOT, "%.2f", point.path("requests").asInt() / 5.0);
        Eventually.holds(rate, () -> {
            browser.press("Home");
            return browser.evaluate("document.querySelector('.plot').getAttribute('aria-valuetext')").asText().contains(rate);
        });
    }

    @Test
    void shouldShowANewRuleAtTheSecondPollAtTheLatest() {
        page.signIn(OpenPage.MONITOR);
        page.show("rules");
        browser.awaitText("#rules-picture", "routing");
        String name = "second" + System.nanoTime();
        page.replaceRules(name);
        Eventually.holds("the rule is active", () -> page.api("/admin/rules").toString().contains(name));
        String version = page.api("/admin/rules").path("version").asText();
        browser.evaluate("""
                import('/dashboard/rules.js').then(({ rules }) => {
                  window.activeAt = performance.now();
                  const timer = setInterval(() => {
                    if (rules.seen.includes('%s')) {
                      window.seenAt = performance.now();
                      clearInterval(timer);
                    }
                  }, 20);
                })""".formatted(version));

        Eventually.holds("the rule is on the page", () -> browser.evaluate("window.seenAt !== undefined").asBoolean());
        assertThat(browser.evaluate("performance.getEntriesByType('resource').filter(entry => entry.name.endsWith('/admin/rules')"
                + " && entry.startTime > activeAt && entry.startTime < seenAt).length").asInt()).isLessThanOrEqualTo(2);
        assertThat(browser.evaluate("import('/dashboard/rules.js').then(module => module.rules.period)").asInt()).isLessThan(1000);
    }

    @Test
    void shouldChangeAnInstanceOnceTheOperatorHasAgreed() {
        page.signIn(OpenPage.ADMIN);
        browser.click("[data-instance=n5] [data-action=toggle]");
        browser.awaitText("#confirm", "Switch n5 off?");
        browser.press("Escape");
        assertThat(page.instance("n5").path("enabled").asBoolean()).as("not agreed").isTrue();
        browser.click("[data-instance=n5] [data-action=toggle]");
        browser.click("#confirm-ok");
        browser.awaitText("[data-instance=n5]", "switched off");
        assertThat(page.instance("n5").path("enabled").asBoolean()).isFalse();
        browser.click("[data-instance=n5] [data-action=toggle]");
        browser.click("#confirm-ok");
        Eventually.holds("it is on again", () -> page.instance("n5").path("enabled").asBoolean());
    }

    @Test
    void shouldOfferNoChangesToTheMonitorToken() {
        page.signIn(OpenPage.MONITOR);
        browser.awaitText("#sign-out", "looking only");
        browser.awaitText("[data-instance=n1]", "n1");
        assertThat(page.visible("[data-action]")).isZero();
        page.show("check");
        browser.awaitText("#view", "need the admin token");
        Eventually.holds("neither check nor reload", () -> page.visible("#reload") + page.visible("#check-button") == 0);
    }

    @Test
    void shouldCheckAPastedFile() {
        page.signIn(OpenPage.ADMIN);
        page.show("check");
        browser.click("#check-text");
        page.enter("check-text", OpenPage.rules("pasted"));
        browser.click("#check-button");
        browser.awaitText("#check-result", "The file is valid");

        page.enter("check-text", OpenPage.rules("pasted").replace("steps: [ { loadBalance", "steps: [ { stop: {} }, { loadBalance"));
        browser.click("#check-button");
        browser.awaitText("#check-result", "One warning:");
        browser.awaitText("#check-result li", "which never runs");
    }

    @Test
    void shouldShowTheWayOfARequest() {
        page.signIn(OpenPage.MONITOR);
        page.show("requests");
        String failedOver = page.api("/admin/requests?instance=n1").at("/data/0/request_id").asText();
        page.enter("request-search", failedOver);
        browser.awaitText("#requests", "n1, 2 attempts");
        Eventually.holds("no other request", () -> page.visible("#requests > li") == 1);
        browser.click("#requests summary");
        browser.awaitText("#requests .more", "n0: 500");
        browser.awaitText("#requests .more", failedOver);
    }

    @Test
    void shouldExplainARequest() {
        page.signIn(OpenPage.MONITOR);
        page.show("why");
        browser.awaitText("#view", "Model");
        page.enter("why-model", "gpt-4o");
        browser.click("#view form button");
        browser.awaitText("#why-result", "It goes to n");
        browser.awaitText("#why-result", "loadBalance");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limits", "events", "rules", "requests"})
    void shouldShowEachView(String view) {
        page.signIn(OpenPage.MONITOR);
        page.show(view);
        Eventually.holds(view, () -> browser.evaluate("document.querySelector('#view section').innerText.length").asInt() > 20
                && browser.evaluate("document.querySelector('nav a[aria-current]').hash").asText().equals("#" + view));
    }

    /** What clients and upstreams write is shown as text, however long, on a phone too. */
    @Test
    void shouldShowHostileTextAsText() {
        page.sendHostileRequest();
        browser.resize(360, 740);
        page.signIn(OpenPage.MONITOR);
        page.show("requests");
        page.enter("request-search", "<script>");
        Eventually.holds("the request is found", () -> page.visible("#requests > li") == 1);
        browser.click("#requests summary");
        browser.awaitText("#requests .more", "<script>alert(2)</script>");
        browser.awaitText("#requests", "<img src=x onerror=alert(3)>");
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(360);
        assertThat(browser.evaluate("document.querySelectorAll('main img, main script').length").asInt()).isZero();
    }

    @Test
    void shouldFollowTheSchemeOfTheSystemAndTheSwitch() {
        browser.prefer("dark");
        String dark = page.background();
        browser.prefer("light");
        String light = page.background();
        page.enter("theme", "dark");

        assertThat(light).isNotEqualTo(dark);
        assertThat(page.background()).isEqualTo(dark);
    }

    @Test
    void shouldFitAPhone() {
        browser.resize(360, 740);
        page.signIn(OpenPage.ADMIN);
        for (String view : List.of("traffic", "limits", "rules", "requests", "why", "events", "check")) {
            page.show(view);
            assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).as(view).isLessThanOrEqualTo(360);
        }
    }
}
