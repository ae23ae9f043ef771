package dev.openaigateway.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** One mistake in an else valid file, and what is said about it. */
class RulesCheckTest {

    private static final String VALID = """
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
                    - choice:
                        when:
                          - simple: "${exchangeProperty.model} == 'gpt-4o'"
                            steps:
                              - to:
                                  uri: instance:*
                          - simple:
                              expression: "${header.x-team} startsWith 'res'"
                            steps:
                              - to: direct:research
                    - loadBalance:
                        customLoadBalancer: round_robin
                        steps:
                          - to: instance:east
                    - process: { ref: quota }
                    - log: { message: "${body}", loggingLevel: INFO }
            - route:
                id: research
                from:
                  uri: direct:research
                  steps:
                    - doTry:
                        steps:
                          - to: instance:west
                        doCatch:
                          - exception: [ java.io.IOException ]
                            steps:
                              - toD: "instance:${header.fallback}"
            """;

    private final CheckedRules rules = new CheckedRules();

    @Test
    void shouldFindNothingInValidRules() {
        assertThat(rules.problems(VALID)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "from:            | form:             | 3:5: route 'routing' has key \"form\" which 'route' does not have; did you mean \"from\"?",
            "  steps:         |   stpes:          | 5:7: route 'routing' has key \"stpes\" which 'from' does not have (description, id, note, parameters, steps, uri, variableReceive); did you mean \"steps\"?",
            "when:            | wen:              | 7:13: route 'routing' has key \"wen\" which 'choice' does not have (description, disabled, id, note, otherwise, precondition, when); did you mean \"when\"?",
            "- simple         | - simpl           | 8:17: route 'routing' has key \"simpl\" which 'when' does not have; did you mean \"simple\"?",
            "- simple         | - jqq             | 8:17: route 'routing' has key \"jqq\" which 'when' does not have; did you mean \"jq\"?",
            "loadBalance      | loadBalnce        | 16:11: route 'routing' has key \"loadBalnce\" which 'steps' does not have; did you mean \"loadBalance\"?",
            "- process: { ref: quota } | - process: quota | 20:20: route 'routing' has 'process' \"quota\" which must be an object",
            "INFO             | INF               | 21:52: route 'routing' has 'loggingLevel' \"INF\" which is not allowed (TRACE, DEBUG, INFO, WARN, ERROR, OFF); did you mean \"INFO\"?",
            "simple: \"${exchangeProperty.model} == 'gpt-4o'\" | jq: \".messages == map(strngs)\" | 8:21: route 'routing' uses function \"strngs\" which jq does not have in \".messages == map(strngs)\"; did you mean \"strings\"?",
            "instance:*       | kafka:usage       | 11:28: route 'routing' uses component \"kafka\" which the gateway does not have without its jars in the folder 'ext' (...)",
            "instance:*       | instnce:*         | 11:28: route 'routing' uses component \"instnce\" which the gateway does not have (...); did you mean \"instance\"?",
            "instance:east    | instance:esat     | 19:21: route 'routing' names instance \"esat\" which is not configured (east, west); did you mean \"east\"?",
            "instance:east    | 'instance:east?prority=1' | 19:21: route 'routing' sets \"prority\" which 'instance' does not have (...); did you mean \"priority\"?",
            "instance:east    | 'instance:east?weight=8O' | 19:21: route 'routing' sets 'weight' to \"8O\" which must be a whole number",
            "instance:east    | 'instance:*?tag=canary' | 19:21: route 'routing' names tag \"canary\" which is not configured (no instance has tags)",
            "instance:east    | 'instance:*?when=eror' | 19:21: route 'routing' uses endpoint \"instance:*\" which is not valid: when \"eror\" must be one of error, context_length, content_filter, budget, any; did you mean \"error\"?",
            "instance:west    | 'instance:west?when=error' | 29:21: route 'research' sets 'when' to \"error\" which has an effect only on a child of 'loadBalance'",
            "instance:east    | 'instance:east?when=budget' | 19:17: route 'routing' sets 'when' to \"budget\" but no model before it can fail: put the children without 'model' and 'when' first",
            "direct:research  | direct:reseach    | 15:25: route 'routing' sends to \"direct:reseach\" but no route begins there; a route begins at rules.yaml:25 (direct:research, direct:routing); did you mean \"direct:research\"?",
            "id: routing      | routeConfigurationId: erors | 2:27: 'route' names route configuration \"erors\" which does not exist",
            "round_robin      | prioritty         | 17:33: route 'routing' names policy \"prioritty\" which does not exist (...); did you mean \"priority\"?",
            "ref: quota       | ref: qouta        | 20:27: route 'routing' names bean \"qouta\" which does not exist (quota); did you mean \"quota\"?",
            "java.io.IOException | java.io.IOExeption | 31:30: route 'research' names class \"java.io.IOExeption\" which is not on the class path",
            "exchangeProperty.model | exchangeProperty.modle | 8:25: route 'routing' asks for exchange property \"modle\" which no step sets (...); did you mean \"model\"?",
            "exchangeProperty | exchangeProprty   | 8:25: route 'routing' uses function \"exchangeProprty\" which simple does not have in \"${exchangeProprty.model} == 'gpt-4o'\"; did you mean \"exchangeProperty\"?",
            "exchangeProperty | exchangProperty   | 8:25: route 'routing' uses function \"exchangProperty\" which simple does not have in \"${exchangProperty.model} == 'gpt-4o'\"; did you mean \"exchangeProperty\"?",
            "startsWith       | startWith         | 13:31: route 'routing' has condition \"${header.x-team} startWith 'res'\" in which \"startWith\" is not an operator between spaces; did you mean \"startsWith\"?",
            "startsWith       | ~ ~            | 13:31: route 'routing' has condition \"${header.x-team}   'res'\" which compares nothing: an operator such as == is missing",
            "${header.fallback} | ${header.fallback | 33:26: route 'research' has expression \"instance:${header.fallback\" which is not valid simple: expected symbol functionEnd but was eol at character 26",
            "id: research     | id: routing       | 23:9: route 'routing' has id \"routing\" which is already at rules.yaml:2",
            "uri: direct:research | uri: timer:x  | 25:12: route 'research' begins with \"timer:x\" which cannot be replaced while the gateway runs: beside direct:routing routes begin with 'direct:'; put this one into a file of its own",
            "uri: direct:routing | uri: direct:other | rules.yaml: must have a route that begins with 'direct:routing'",
            "== 'gpt-4o'\"    | == 'gpt-4o'       | 8:25: the file is not valid YAML: the quoted text that begins here has no end"})
    void shouldNameTheMistake(String right, String wrong, String message) {
        int at = VALID.indexOf(right);
        assertThat(at).as(right).isPositive();
        String broken = VALID.substring(0, at) + wrong + VALID.substring(at + right.length());

        String expected = message.startsWith("rules.yaml") ? message : "rules.yaml:" + message;
        assertThat(rules.problems(broken)).anySatisfy(problem -> assertThat(problem)
                .startsWith(expected.split("\\.\\.\\.")[0]).endsWith(expected.split("\\.\\.\\.").length > 1 ? expected.split("\\.\\.\\.")[1] : ""));
    }

    @Test
    void shouldTellWhereTheIndentationIsLost() {
        assertThat(rules.problems(VALID.replace("  uri: instance", "uri: instance"))).contains(
                "rules.yaml:11:21: route 'routing' has key \"uri\" beside 'to', but each entry of the list has one key; check the indentation");
    }

    @Test
    void shouldReportAllMistakesInTheOrderOfTheLines() {
        String broken = VALID.replace("instance:east", "instance:esat").replace("instance:west", "instance:wets").replace("when:", "wen:");

        assertThat(rules.problems(broken)).extracting(problem -> problem.split(":")[1]).startsWith("7").endsWith("19", "29");
    }
}
