package dev.openaigateway.dashboard;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ProcessTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

import static org.assertj.core.api.Assertions.assertThat;

/** The page in Chromium: each test opens it in a fresh tab, leaves no complaint in the console, and asks no other host. */
@GatewayTest
@ProcessTest
abstract class BrowserTest {

    static OpenPage page;
    static Browser browser;

    /** To be called before all tests of a class. */
    static void start(int instances) {
        Assumptions.assumeTrue(Browser.installed().isPresent(), "No Chromium is installed, so the page is not tested in a browser.");
        page = new OpenPage(instances);
        browser = page.browser;
    }

    @AfterAll
    static void stop() {
        if (page != null) {
            page.close();
        }
    }

    @BeforeEach
    void openAFreshPage() {
        browser.forget(page.url("/"));
    }

    @AfterEach
    void shouldHaveNoErrorAndAskNoOtherHost() {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).allMatch(url -> url.startsWith(page.url("/")));
    }
}
