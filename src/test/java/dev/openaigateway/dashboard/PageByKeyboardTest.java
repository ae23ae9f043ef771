package dev.openaigateway.dashboard;

import dev.openaigateway.support.Eventually;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** The page without a mouse. */
class PageByKeyboardTest extends BrowserTest {

    @BeforeAll
    static void start() {
        start(4);
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

    /** From the token to the confirmation nothing but keys is used. */
    @Test
    void shouldChangeAnInstanceByKeyboardAlone() {
        page.signIn(OpenPage.ADMIN);
        browser.awaitText("[data-instance=n2]", "n2");
        page.tabTo("Switch off, n2");
        browser.press("Enter");
        browser.awaitText("#confirm", "Switch n2 off?");
        assertThat(browser.focused()).as("what Enter would do now").isEqualTo("confirm-cancel");
        browser.press("Escape");
        Eventually.holds("the focus is back", () -> browser.focused().equals("Switch off, n2"));
        assertThat(page.instance("n2").path("enabled").asBoolean()).isTrue();

        for (String label : List.of("Switch off, n2", "Switch on, n2")) {
            page.tabTo(label);
            browser.press("Enter");
            page.tabTo("confirm-ok");
            browser.press("Enter");
            Eventually.holds("the focus is on the button that undoes it", () -> browser.focused().equals(label.contains("off") ? "Switch on, n2" : "Switch off, n2"));
            assertThat(page.instance("n2").path("enabled").asBoolean()).isEqualTo(label.contains("on"));
        }
    }

    @Test
    void shouldConfirmTheOtherActionsByKeyboardAlone() {
        page.signIn(OpenPage.ADMIN);
        browser.awaitText("[data-instance=n1]", "n1");
        page.tabTo("Weight, n1");
        browser.press("Enter");
        assertThat(browser.focused()).isEqualTo("weight-field");
        browser.type("7");
        browser.press("Enter");
        Eventually.holds("the weight is set", () -> Set.of(7, 7100, 1007).contains(page.instance("n1").path("weight").asInt()));
        page.tabTo("Reset, n1");
        confirm();
        Eventually.holds("the instance is reset", () -> page.api("/admin/changes").toString().contains("instance_reset"));
        page.tabTo("#check");
        browser.press("Enter");
        browser.awaitText("#view", "Check and reload");
        page.tabTo("reload");
        confirm();
        browser.awaitText("#check-result", "Reloaded");
    }

    private static void confirm() {
        browser.press("Enter");
        page.tabTo("confirm-ok");
        browser.press("Enter");
    }

    /** The browser reports that a dialog is closed only after the script has gone on. */
    @Test
    void shouldAskAgainRightAfterACancellation() {
        page.signIn(OpenPage.ADMIN);
        String answers = """
                import('/dashboard/confirm.js').then(async ({ confirm }) => {
                  const actions = [];
                  const ask = name => confirm({ title: name, content: [], label: name }, async () => actions.push(name));
                  const first = ask('first');
                  document.getElementById('confirm-cancel').click();
                  const second = ask('second');
                  await new Promise(done => setTimeout(done, 50));
                  document.getElementById('confirm-ok').click();
                  return [await first, await second, ...actions].join();
                })""";
        assertThat(browser.evaluate(answers).asText()).isEqualTo("false,true,second");
    }

    /** A card that moves, or whose neighbor leaves, keeps the focus. */
    @Test
    void shouldKeepTheFocusWhileAListChanges() {
        page.signIn(OpenPage.MONITOR);
        String order = """
                import('/dashboard/dom.js').then(({ each }) => {
                  const list = document.body.appendChild(document.createElement('div'));
                  const show = names => each(list, [...names], name => name, name => Object.assign(document.createElement('button'), { textContent: name }), () => null);
                  show('abcd');
                  list.children[2].focus();
                  show('%s');
                  const result = list.textContent + ' ' + document.activeElement.textContent;
                  list.remove();
                  return result;
                })""";
        for (String names : List.of("bcd", "abc", "cabd", "abdc", "xabcdx", "dcba", "ccab")) {
            assertThat(browser.evaluate(order.formatted(names)).asText()).isEqualTo(names + " c");
        }
    }
}
