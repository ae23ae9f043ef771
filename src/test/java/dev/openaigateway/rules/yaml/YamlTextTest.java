package dev.openaigateway.rules.yaml;

import dev.openaigateway.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Anchors and their aliases in rules, and where the text is no YAML. */
class YamlTextTest {

    private final Problems problems = new Problems();

    private Optional<Node> parse(String text) {
        return YamlText.parse("rules.camel.yaml", text, problems);
    }

    private String reported() {
        return problems.problems().stream().map(Problem::message).reduce("", (all, next) -> all + next);
    }

    private static String withAliases(int count) {
        return "- steps: &common [ { log: a } ]\n" + "- steps: *common\n".repeat(count);
    }

    @Test
    void shouldRefuseAnAnchorThatContainsItself() {
        assertThat(parse("- log: x\n- pipeline: &p { steps: [ { log: a }, { pipeline: *p } ] }\n")).isEmpty();
        assertThat(reported()).isEqualTo("rules.camel.yaml:2:13: the file is not valid YAML: the anchor 'p' that begins here contains an alias of itself");
    }

    /** As many as Camel takes, and texts without a limit. */
    @Test
    void shouldAcceptManyAliases() {
        assertThat(parse(withAliases(50))).isPresent();
        assertThat(parse("- log: &text abc\n" + "- log: *text\n".repeat(200))).isPresent();
        assertThat(problems.size()).isZero();
    }

    @Test
    void shouldSayWhichAliasIsTooMany() {
        assertThat(parse(withAliases(51))).isEmpty();
        assertThat(reported()).contains("rules.camel.yaml:52:10", "at most 50 aliases");
    }

    @Test
    void shouldRefuseAliasesThatStandForAHugeText() {
        StringBuilder text = new StringBuilder("- &a0 [ x, x, x, x, x, x, x ]\n");
        for (int i = 1; i < 8; i++) {
            text.append("- &a").append(i).append(" [ ").append(("*a" + (i - 1) + ", ").repeat(6)).append("x ]\n");
        }

        assertThat(parse(text.toString())).isEmpty();
        assertThat(reported()).contains("the file is not valid YAML: its aliases stand for more than 100000 nodes");
    }

    @ParameterizedTest
    @CsvSource({"!hunter2, begins with ! is a tag", "!!hunter2, begins with ! is a tag", "!h!unter2, begins with ! is a tag", "&hunter2, begins with & is an anchor",
        "*hunter2, the alias names an anchor that does not exist; put a text that begins with * in quotes"})
    void shouldRefuseAndNotShowAValueThatYamlReadsAsSomethingElse(String value, String reason) {
        assertThat(parse("- log: a\n- setHeader: { name: key, constant: " + value + " }\n")).isEmpty();
        assertThat(reported()).startsWith("rules.camel.yaml:2:").contains(reason).doesNotContain("unter2");
    }

    @Test
    void shouldSayWhyATextCannotBeRead() {
        assertThat(parse("- log: a\u0001b\n")).isEmpty();
        assertThat(reported()).contains("1:9: the file is not valid YAML: the character U+0001 in this line is not allowed");
    }

    /** The parser only knows what it expected behind the bracket. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            - log: x/- route: [                   | 2:10
            - log: x/- route: [/- log: y          | 2:10
            - route: { from: [                    | 1:18
            - route: { from: [ a ], steps:        | 1:10
            - route: { from: { uri: x }, steps: [ { log: a }, | 1:37
            - route: [ , a ]                      | 1:10
            """)
    void shouldNameThePlaceOfAnOpenBracket(String text, String place) {
        assertThat(parse(text.replace("/", "\n"))).isEmpty();
        assertThat(reported()).isEqualTo("rules.camel.yaml:" + place
                + ": the file is not valid YAML: the list or object in brackets that begins here has no end, or a comma is missing in it");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 30, 3000})
    void shouldNameThePlaceOfAForbiddenCharacter(int before) {
        assertThat(parse("# before\n".repeat(before) + "- log: a\u0007b\n")).isEmpty();
        assertThat(reported()).isEqualTo("rules.camel.yaml:" + (before + 1)
                + ":9: the file is not valid YAML: the character U+0007 in this line is not allowed in YAML; write it as an escape in double quotes");
    }
}
