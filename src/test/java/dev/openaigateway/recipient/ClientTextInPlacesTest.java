package dev.openaigateway.recipient;

import dev.openaigateway.support.GatewayTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A text of a client in the host, the path, the query and the options of an endpoint that a rule computes. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientTextInPlacesTest {

    private final ClientTextGateway gateway = new ClientTextGateway();

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {"a b", "a&bridgeEndpoint=true&x=y", "{{secret.word}}", "${env.PATH}", "a,b", "a+b"})
    void shouldAskAServiceWithTheTextInThePath(String text) {
        for (String rule : List.of("path", "enrich")) {
            int before = gateway.quota.requests().size();
            assertThat(gateway.chat(rule, text).statusCode()).as(rule).isEqualTo(200);
            String target = gateway.quota.requests().get(before).target();
            assertThat(target).doesNotContain("?");
            assertThat(URLDecoder.decode(target.replace("+", "%2B"), StandardCharsets.UTF_8)).isEqualTo("/q/" + text);
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {"a b", "${env.PATH}", "a=b", "a?b", "a+b", "a&proxyHost=127.0.0.1", "#a", "100%", "a%26b=c", "{a}", "gpt/4:o"})
    void shouldAskAServiceWithTheTextInTheQuery(String text) {
        for (String rule : List.of("query", "enrich-query", "list-query", "query-plain", "enrich-plain")) {
            int before = gateway.quota.requests().size();
            HttpResponse<String> response = gateway.chat(rule, text);
            assertThat(response.statusCode()).as(rule + response.body()).isEqualTo(200);
            assertThat(gateway.asked(before)).as(rule).isEqualTo("/q?team=" + text + "&z=b");
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {"(a+b)", "RAW(a)", "a)&x=(b", "{a}&b", "a,b+c"})
    void shouldAskAServiceWithBracketsInTheQuery(String text) {
        int before = gateway.quota.requests().size();
        assertThat(gateway.chat("query", text).statusCode()).isEqualTo(200);
        assertThat(gateway.asked(before)).isEqualTo("/q?team=" + text + "&z=b");
        assertThat(gateway.chat("list-query", text).statusCode()).isIn(200, 500);
        assertThat(gateway.quota.requests().stream().skip(before).map(request -> URLDecoder.decode(request.target(), StandardCharsets.UTF_8)))
                .allMatch(target -> target.equals("/q?team=" + text + "&z=b"));
    }

    @Test
    void shouldAskAServiceWithTheTextInAPartOfAValue() {
        int before = gateway.quota.requests().size();
        assertThat(gateway.chat("query-part", "c&d+e").statusCode()).isEqualTo(200);
        assertThat(gateway.asked(before)).isEqualTo("/q?team=a b/c&d+e.");
    }

    @Test
    void shouldGiveAServiceNoOptionByAName() {
        int before = gateway.quota.requests().size();
        assertThat(gateway.chat("query-name", "httpMethod=DELETE").body()).contains("rule_error", "a name of an option");
        assertThat(gateway.quota.requests()).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {"127.0.0.1:9/stolen/", "a@b", "a:1", "a/", "a_b"})
    void shouldTakeOnlyAHostNameForAHost(String text) {
        assertThat(gateway.chat("host", text).body()).contains("rule_error", "characters in its host that no host name has");
        assertThat(gateway.chat("host", "127.0.0").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldNotPutATextIntoAStatement() {
        for (String rule : List.of("sql", "sql-list", "sql-groovy")) {
            HttpResponse<String> refused = gateway.chat(rule, "x' or '1'='1");
            assertThat(refused.statusCode()).as(rule).isEqualTo(500);
            assertThat(refused.body()).as(rule).contains("rule_error", ":#${...}");
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {"pair,{,{secret.word}}", "pair,$,{bean:trap?method=hit}", "pair,${bean:,trap?method=hit}", "pair-direct,{,{secret.word}}",
            "pair-direct,RA,W({{secret.word}})", "pair-direct,#,bean:trap", "pair-path,.,.", "pair-path,.,./a", "pair-query,{,{secret.word}}", "pair-brace,{secret.word}},a"})
    void shouldReadTextsThatStandSideBySideAsOne(String rule, String text, String more) {
        int before = gateway.quota.requests().size();
        HttpResponse<String> refused = gateway.chat(rule, text, more);

        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.body()).contains("rule_error", "A rule did not send the request on").doesNotContain(ClientTextGateway.SECRET);
        assertThat(gateway.quota.requests()).hasSize(before);
        assertThat(gateway.hits.get()).as("calls of a bean by a client's text").isZero();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {"path,a?bridgeEndpoint=true", "path,a#b", "path,a%2Fb", "option,a&proxyHost=127.0.0.1", "option,RAW(a)",
            "query,{{secret.word}}", "query,%2525", "bean,a','b", "bean-name,java.lang.Runtime", "bean,${env.PATH}", "tag,#a"})
    void shouldRefuseWhatWouldBeMoreThanAText(String rule, String text) {
        int before = gateway.quota.requests().size();
        HttpResponse<String> refused = gateway.chat(rule, text);

        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.body()).contains("rule_error", "A rule did not send the request on");
        assertThat(gateway.quota.requests()).hasSize(before);
    }

    @Test
    void shouldNotAskForAParentFolder() {
        assertThat(gateway.chat("path", "../admin").body()).contains("rule_error", "a parent folder");
    }
}
