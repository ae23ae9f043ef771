package dev.openaigateway.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Steps that Camel would take, but that do nothing, always fail, or mean something else. */
class StepMistakesTest {

    private final CheckedRules rules = new CheckedRules();

    private static String route(String step) {
        return "- route:\n    id: routing\n    from:\n      uri: direct:routing\n      steps:\n        - " + step + "\n"
                + (step.contains("instance:") ? "" : "        - to: instance:*\n");
    }

    /** Steps of which each is one text. */
    private static String steps(String... steps) {
        return route(String.join("\n        - ", steps));
    }

    private static String when(String condition) {
        return route("choice: { when: [ { " + condition + ", steps: [ { to: \"instance:east\" } ] } ] }");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "choice: { when: [] } | has 'when' of 'choice' which must not be an empty list",
            "choice: { otherwise: { steps: [ { to: \"instance:east\" } ] } } | has no 'when' in 'choice'",
            "choice: { when: [ { simple: \"${header.a}\" } ] } | has no 'steps' in 'when'",
            "filter: { simple: \"${header.a}\" } | has no 'steps' in 'filter'",
            "loadBalance: { customLoadBalancer: weighted } | has no 'steps' in 'loadBalance'",
            "doTry: { steps: [ { to: \"instance:east\" } ] } | has neither 'doCatch' nor 'doFinally' in 'doTry'",
            "throwException: { message: a } | has neither 'exceptionType' nor 'ref' in 'throwException'",
            "loadBalance: { stickyLoadBalancer: {}, steps: [ { to: \"instance:east\" } ] } | has no 'correlationExpression' in 'stickyLoadBalancer'",
            "aggregate: { completionSize: 2, aggregationStrategy: \"#class:org.apache.camel.processor.aggregate.UseLatestAggregationStrategy\", steps: [ { log: a } ] } | has no 'correlationExpression' in 'aggregate'",
            "claimCheck: {} | has no 'operation' in 'claimCheck'",
            "transform: {} | has no expression in 'transform', such as 'simple'",
            "setHeaders: {} | has no 'headers' in 'setHeaders'",
            "setHeaders: { headers: [] } | has 'headers' of 'setHeaders' which must not be an empty list",
            "setVariables: {} | has no 'variables' in 'setVariables'",
            "marshal: {} | has no data format in 'marshal', such as 'json'",
            "unmarshal: { id: a } | has no data format in 'unmarshal', such as 'json'",
            "bean: { method: run } | has neither 'beanType' nor 'ref' in 'bean'",
            "setBody: { method: {} } | has neither 'beanType' nor 'ref' in 'method'",
            "throwException: { exceptionType: IllegalArgumentException } | names class \"IllegalArgumentException\" which is not on the class path; did you mean \"java.lang.IllegalArgumentException\"?",
            "loadBalance: { roundRobin: {}, steps: [ { to: \"instance:east\" } ] } | has key \"roundRobin\" which 'loadBalance' does not have (...); did you mean \"roundRobinLoadBalancer\"?",
            "loadBalance: { policy: weighted, steps: [ { to: \"instance:east\" } ] } | has key \"policy\" which 'loadBalance' does not have (...); did you mean \"customLoadBalancer\"?",
            "loadBalance: { customLoadBalancer: \"#failover\", steps: [ { to: \"instance:*\" } ] } | names policy \"#failover\" in which '#' is not expected; did you mean \"failover\"?",
            "loadBalance: { customLoadBalancer: failover, steps: [ { log: a }, { to: \"instance:*\" } ] } | has in a block with policy \"failover\" a step that is not 'to: instance:...'; put other steps before the block",
            "loadBalance: { weightedLoadBalancer: { distributionRatio: \"a\" }, steps: [ { log: a } ] } | has 'distributionRatio' \"a\" which must be a whole number",
            "loadBalance: { weightedLoadBalancer: { distributionRatio: \"0,0\" }, steps: [ { log: a }, { log: b } ] } | has 'distributionRatio' \"0,0\" in which one number must be more than 0",
            "to: { uri: \"instance:east\", weight: 3 } | has key \"weight\" which 'to' does not have; options of the endpoint stand in 'parameters'",
            "onException: { exception: [ java.lang.Exception ] } | has key \"onException\" which 'steps' does not have; it is an entry of the file, beside 'route'",
            "choice: { when: [ { otherwise: { steps: [] } } ] } | has key \"otherwise\" which 'when' does not have; 'choice' around it has it; check the indentation",
            "throttle: { constant: 5, timePeriodMillis: abc } | has 'timePeriodMillis' \"abc\" which must be a duration: milliseconds, or a text such as 5s",
            "throttle: { constant: five } | has 'throttle' \"five\" which must be a whole number",
            "delay: { constant: 1s } | has 'delay' \"1s\" which must be a whole number",
            "script: { groovy: \"exchange.setBody(\" } | has a script that is not valid groovy: line 1, column 17: Unexpected input: '('",
            "script: { groovy: \"new com.example.Nope().run()\" } | has a script that is not valid groovy: line 1, column 1: unable to resolve class com.example.Nope",
            "setBody: { groovy: \"import groovy.json.JsonSlurper; new JsonSlurper().parseText('{}')\" } | has a script that is not valid groovy: line 1, column 1: unable to resolve class groovy.json.JsonSlurper",
            "setHeader: { name: a, simple: \"${body.model}\" } | has expression \"${body.model}\" which fails: the body is text, which has no members; ask with 'jq' or 'jsonpath'",
            "setProperty: { name: a, simple: \"${header.x-team == 'risk' ? 'b' : 'c'}\" } | has expression \"${header.x-team == 'risk' ? 'b' : 'c'}\" in which \"==\" stands within the braces, as part of the name; write ${iif(...)}, or a 'choice' on ${header.x-team}",
            "to: \"instance:${header.a}\" | sends to \"instance:${header.a}\" in which ${...} is not evaluated; write 'toD' in place of 'to'",
            "to: \"kamelet:a\" | uses component \"kamelet\" which the gateway does not have without its jars in the folder 'ext' (...)",
            "saga: { steps: [ { to: \"instance:east\" } ] } | has 'saga' for which the gateway has no service; a bean of a class that implements CamelSagaService is one",
            "split: { simple: \"${body}\" } | has no 'steps' in 'split'",
            "throwException: { exceptionType: java.lang.String } | names class \"java.lang.String\" which is not an exception",
            "convertBodyTo: { type: Strng } | names class \"Strng\" which is not on the class path",
            "filter: { simple: \"${header.a}\", to: \"instance:east\" } | has key \"to\" which 'filter' does not have; it is a step and belongs into 'steps'",
            "setBody: { jq: \".user = $team\" } | uses function \"$team\" which jq does not have in \".user = $team\"",
            "to: \"\" | has an empty URI in 'to'",
            "toD: { uri: \"instnce:a\", parameters: { tag: \"${header.x}\" } } | uses component \"instnce\" which the gateway does not have (...); did you mean \"instance\"?",
            "toD: \"instnce:${header.x}\" | uses component \"instnce\" which the gateway does not have (...); did you mean \"instance\"?",
            "setHeader: { name: a, simple: \"${random(a)}\" } | has expression \"${random(a)}\" which fails: random needs whole numbers, not a",
            "setHeader: { name: a, simple: \"${properties:nosuch}\" } | has expression \"${properties:nosuch}\" which fails: there is no property nosuch",
            "to: \"request:remove?name=user,messages\" | uses endpoint \"request:remove\" which is not valid: 'request:remove' names the member \"messages\", without which there is no request.",
            "setProperty: { name: sticky_ky, simple: \"${header.a}\" } | sets exchange property \"sticky_ky\" which nothing reads (...); did you mean \"sticky_key\"?",
            "loadBalance: { failoverLoadBalancer: { maximumFailoverAttempts: -5 }, steps: [ { to: instance:east } ] } | has 'maximumFailoverAttempts' \"-5\" which must be -1 for all steps of the block, or more",
            "to: \"reject:40x\" | uses endpoint \"reject:40x\" which is not valid: 'reject:40x' needs a status from 400 to 599, such as reject:429.",
            "to: \"reject:${header.a}\" | uses endpoint \"reject:${header.a}\" which is not valid: 'reject:${header.a}' needs a status from 400 to 599, such as reject:429.",
            "to: { uri: \"reject:429\", parameters: { retryAfter: soon } } | uses endpoint \"reject:429\" which is not valid: 'retryAfter' must be a number of seconds, not 'soon'.",
            "to: { uri: \"reject:429\", parameters: { retryaftr: 5 } } | sets \"retryaftr\" which 'reject' does not have (...); did you mean \"retryAfter\"?",
            "to: { uri: \"reject:429\", parameters: { message: \"a ${header.x\" } } | has expression \"a ${header.x\" which is not valid simple: expected symbol functionEnd but was eol at character 12",
            "to: \"reject:429?message=${heder.x}\" | uses function \"heder\" which simple does not have in \"${heder.x}\"; did you mean \"header\"?",
            "wireTap: { uri: \"direct:${heder.x}\" } | uses function \"heder\" which simple does not have in \"direct:${heder.x}\"; did you mean \"header\"?",
            "to: \"request:remvoe\" | uses endpoint \"request:remvoe\" which is not valid: 'request:remvoe' is unknown; there are request:cap, request:set, request:remove, request:system, request:header; did you mean \"remove\"?",
            "to: \"request:cap?max_tokens=abc\" | uses endpoint \"request:cap\" which is not valid: 'request:cap' needs a number for max_tokens, not 'abc'.",
            "to: \"request:cap?max_tokens=${header.x}&mesages=1\" | uses endpoint \"request:cap\" which is not valid: 'request:cap' names the member \"mesages\"; did you mean \"messages\"?",
            "to: { uri: \"request:header\", parameters: { name: host, value: a } } | uses endpoint \"request:header\" which is not valid: 'request:header' cannot set \"host\": it carries a credential, belongs to the connection, or is set by the gateway.",
            "to: \"request:system\" | uses endpoint \"request:system\" which is not valid: 'request:system' has one parameter, 'text', which must not be empty; it has none.",
            "to: \"instance:{{env:NO_SUCH_NAME}}\" | uses placeholder \"{{env:NO_SUCH_NAME}}\" which has no value",
            "to: { uri: \"request:header\", parameters: { name: a, value: \"{{secret:bank/token}}\" } } | uses placeholder \"{{secret:bank/token}}\" which needs camel-kubernetes in the folder 'ext'; without it the value would be the text after the colon",
            "setBody: { constant: \"a {{hashicorp:secret:bank/token}}\" } | uses placeholder \"{{hashicorp:secret:bank/token}}\" which needs camel-hashicorp-vault in the folder 'ext'; without it the value would be the text after the colon",
            "log: \"{{?azure:bank-token}}\" | uses placeholder \"{{?azure:bank-token}}\" which needs camel-azure-key-vault in the folder 'ext'; without it the value would be the text after the colon",
            "set-header: { name: a, constant: b } | has key \"set-header\" which 'steps' does not have; did you mean \"setHeader\"?",
            "log: \"{{bean:nope.x}}\" | uses \"{{bean:nope.x}}\" whose placeholder cannot be replaced: No bean could be found in the registry for: nope",
            "to: \"instance:{{bean:quota.nope}}\" | uses \"instance:{{bean:quota.nope}}\" whose placeholder cannot be replaced: java.lang.NoSuchMethodException: nope",
            "log: \"{{ secret:bank/token }}\" | uses placeholder \"{{ secret:bank/token }}\" which needs camel-kubernetes in the folder 'ext'; without it the value would be the text after the colon",
            "setHeader: { name: a, simple: \"x ${properties:hashicorp:secret:bank/z}\" } | uses placeholder \"${properties:hashicorp:secret:bank/z}\" which needs camel-hashicorp-vault in the folder 'ext'; without it the value would be the text after the colon",
            "bean: { beanType: java.util.ArrayList, method: ad } | calls method \"ad\" which java.util.ArrayList does not have; did you mean \"add\"?",
            "process: { ref: \"#class:com.acme.X\" } | names class \"com.acme.X\" which is not on the class path",
            "idempotentConsumer: { simple: \"${header.a}\", idempotentRepository: none, steps: [ { log: a } ] } | names bean \"none\" which does not exist (...)"})
    void shouldNameTheMistake(String step, String expected) {
        assertThat(rules.problems(route(step))).singleElement().asString().startsWith("rules.yaml:6:")
                .contains(": route 'routing' " + expected.split("\\.\\.\\.\\)")[0]).endsWith(expected.split("\\(\\.\\.\\.\\)").length > 1
                        ? expected.split("\\(\\.\\.\\.\\)")[1] : "");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "constant: \"${header.a} == 'x'\" | which is the same for every request; write 'simple' in place of 'constant'",
            "constant: \"true\" | which is the same for every request",
            "header: \"${header.a}\" | but 'header' takes a name; write 'simple' in place of it",
            "simple: \"'a' == 'b'\" | which is the same for every request",
            "simple: \"header.a == 'x'\" | in which \"header.a\" is not an operator between spaces; write ${header.a}",
            "simple: \"${header.a} = 'x'\" | did you mean \"==\"?",
            "simple: \"${header.a}=='x'\" | put a space on both sides of ==",
            "simple: \"${header.a} == 'x' and ${header.b}\" | did you mean \"&&\"?",
            "simple: \"${header.a} == gpt-4o\" | in which a value that is no number has no quotes: write 'value'",
            "simple: \"${exchangeProperty.size} > 8k\" | in which a value that is no number has no quotes: write 'value'",
            "simple: \"${header} == 'x'\" | in which 'header' has no name: write ${header.NAME}",
            "simple: \"${ header.a } == 'x'\" | in which a space follows '${'",
            "simple: \"${header.a} regex '['\" | which fails: the regular expression is wrong: Unclosed character class",
            "simple: \"${exchangeProperty.size} range '5-1'\" | which fails: range operator is not valid",
            "simple: \"${date:nwo:HH} > 22\" | which fails: Command not supported for dateExpression: nwo",
            "simple: \"${date-with-timezone:now:Europe/Berln:HH} > 22\" | which fails: there is no time zone Europe/Berln",
            "simple: \"${header.a} == \" | in which a value beside \"==\" is missing",
            "simple: \"${exchangeProperty.stream} == 'yes'\" | compares stream with \"yes\" but it is true or false",
            "simple: \"${exchangeProperty.prompt_tokens} > '8k'\" | compares prompt_tokens with \"8k\" but it is a number",
            "simple: \"${header.Authorization} contains 'x'\" | which rules do not see, since it is a credential",
            "simple: \"${exchangeProperty.operation} == 'chat'\" | which does not exist (audio/speech",
            "simple: \"${variable.teem} == 'x'\" | asks for variable \"teem\" which no step sets",
            "simple: \"${header.x-team == 'risk'}\" | in which \"==\" stands within the braces, as part of the name; write ${header.x-team} == 'risk'",
            "simple: \"${header.x-team=='risk'}\" | write ${header.x-team} == 'risk'",
            "simple: \"${header['x-team'] != 'risk'} && ${header.b}\" | write ${header['x-team']} != 'risk'",
            "simple: \"${headers.a contains 'b'}\" | in which \"contains\" stands within the braces, as part of the name; write ${headers.a} contains 'b'",
            "simple: \"${header.x team}\" | asks for header \"x team\" which no request has: the name of a header has no space; did you mean \"x-team\"?",
            "simple: \"${header['x team']} == 'a'\" | asks for header \"x team\" which no request has: the name of a header has no space; did you mean \"x-team\"?",
            "simple: \"${header.x team == 'a'}\" | in which \"==\" stands within the braces, as part of the name; write ${header.x-team} == 'a'",
            "simple: \"${header.x team in 'a,b'}\" | write ${header.x-team} in 'a,b'",
            "simple: \"${header.x startWith 'a'}\" | in which \"startWith\" stands within the braces, as part of the name; write ${header.x} startWith 'a'",
            "simple: \"${header.x 'a'}\" | in which \"'a'\" stands within the braces, as part of the name; write ${header.x} == 'a'",
            "simple: \"${header x-team} == 'a'\" | in which no dot follows 'header'; write ${header.x-team}",
            "simple: \"${exchangeProperty.my key} == 'a'\" | asks for exchange property \"my key\" which no step sets",
            "simple: \"${exchangeProperty.prompt_tokens > 8000}\" | write ${exchangeProperty.prompt_tokens} > 8000",
            "simple: \"${variable:verdict in 'a,b'}\" | write ${variable:verdict} in 'a,b'",
            "simple: \"${body contains 'a'}\" | write ${body} contains 'a'",
            "simple: \"${exchangeProperty.tools}\" | which is true for every request, as any number is; compare it: ${exchangeProperty.tools} > 0",
            "jq: \".model = \\\"a\\\"\" | which assigns with '='; compare with '=='",
            "jsonpath: \"$.messages[?(@.role=='user'\" | which is not valid jsonpath"})
    void shouldNameTheMistakeInACondition(String condition, String expected) {
        assertThat(rules.problems(when(condition))).singleElement().asString().startsWith("rules.yaml:6:").contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple: \"${header.a}\"", "header: a", "simple: \"'${header.a}' == 'x'\"", "simple: \"${header.a} regex '[0-9]+'\"",
            "simple: \"${date-with-timezone:now:Europe/Berlin:HH} >= 22\"", "simple: \"${exchangeProperty.operation} == 'chat/completions'\"",
            "jq: \".messages | length > 3\"", "jq: \".model == \\\"a=b\\\"\"", "jq: \"(.x = 1) | .x == 1\"", "jsonpath: \"$.metadata.team\"",
            "simple: \"${exchangeProperty.prompt_tokens} > 8000 && ${header.b} == null\"", "simple: \"${body} contains 'secret'\"",
            "simple: \"${header.a.length} > 5\"", "simple: \"${header.a.contains('b == c')} || ${header[a].replace(' ', '>')} == 'b'\"",
            "simple: \"${headerAs(a, Integer)} > 5\"", "simple: \"${header.a?.length} > 5\"", "simple: \"${exchangeProperty.max_tokens}\"",
            "simple: \"${bodyAs(String).contains('a b')}\"",
            "simple: \"${exchangeProperty.stream} == 'true' && ${exchangeProperty.prompt_tokens} > '8000'\"", "simple: \"${random(1, 100)} < 5\""})
    void shouldAcceptTheCondition(String condition) {
        assertThat(rules.problems(when(condition))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"throttle: { constant: 5, timePeriodMillis: 10s }", "delay: { simple: \"${header.wait}\" }",
            "doTry: { steps: [ { to: \"instance:east\" } ], doCatch: [ { exception: [ java.lang.Exception ] } ] }",
            "loadBalance: { weightedLoadBalancer: { distributionRatio: \"4,1\" }, steps: [ { log: a }, { log: b } ] }",
            "script: { groovy: \"exchange.setProperty('a', 1)\" }", "setBody: { jq: \".user = \\\"a\\\"\" }",
            "setBody: { groovy: \"new com.fasterxml.jackson.databind.ObjectMapper().readTree(request.getBody(String)).at('/user') ?: 'unknown'\" }",
            "script: { groovy: \"@groovy.transform.ASTTest(value = { throw new Error() }) def a = 1\" }",
            "setBody: { constant: \"{{sekret:a}} {{java.version}} {{service.x:b}}\" }", "log: \"{{?no.such.name}} x\"",
            "to: { uri: \"file:/tmp/none\", parameters: { fileName: a.log, charset: \"{{?no.such.name}}\" } }"})
    void shouldAcceptTheStep(String step) {
        assertThat(rules.problems(route(step))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"to: instance:east", "toD: \"instance:${header.a}\"", "toD: { uri: \"instance:*\", parameters: { tag: \"${header.x-team}\" } }",
            "toD: { uri: instance, parameters: { name: \"*\", exclude: \"${header.x-team}\" } }", "loadBalance: { customLoadBalancer: weighted, steps: [ { to: instance:east } ] }",
            "choice: { when: [ { simple: \"${header.a}\", steps: [ { to: instance:east } ] } ], otherwise: { steps: [ { to: direct:all } ] } }",
            "to: direct:all"})
    void shouldRefuseASendAfterACertainOne(String first) {
        String all = "- route:\n    from:\n      uri: direct:all\n      steps: [ { to: instance:* } ]\n";

        assertThat(rules.problems(steps(first, "setHeader: { name: a, constant: b }", "to: instance:west") + all)).containsExactly("rules.yaml:8:11: "
                + "route 'routing' sends to an instance although the step in line 6 already did, so this step never runs. "
                + "To fail over, put both into one 'loadBalance'; to choose, use 'choice' with 'otherwise'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"filter: { simple: \"${header.a}\", steps: [ { to: instance:east } ] }", "wireTap: { uri: instance:east }",
            "multicast: { steps: [ { to: instance:east }, { to: instance:west } ] }", "to: { uri: instance:east, variableReceive: a }",
            "choice: { when: [ { simple: \"${header.a}\", steps: [ { to: instance:east } ] } ] }",
            "doTry: { steps: [ { to: instance:east } ], doCatch: [ { exception: [ java.lang.Exception ], steps: [ { log: a } ] } ] }"})
    void shouldAcceptASendAfterOneThatMayNotHaveServedTheRequest(String first) {
        assertThat(rules.problems(steps(first, "to: instance:west"))).isEmpty();
    }

    @Test
    void shouldAcceptMembersOfABodyThatAStepHasSet() {
        assertThat(rules.problems(route("unmarshal: { json: {} }\n        - setHeader: { name: a, simple: \"${body[model]}\" }"))).isEmpty();
    }

    @Test
    void shouldAcceptANameWithASpaceThatAStepSets() {
        assertThat(rules.problems(steps("setProperty: { name: my key, constant: a }",
                "filter: { simple: \"${exchangeProperty.my key} == 'a' && ${exchangeProperty[my key]} == 'a'\", steps: [ { log: a } ] }"))).isEmpty();
    }

    @Test
    void shouldRefuseWhatCannotBeReplacedWhileTheGatewayRuns() {
        assertThat(rules.problems(route("log: a") + "- rest: { get: [ { path: /x, to: \"direct:routing\" } ] }\n")).containsExactly(
                "rules.yaml:8:3: the file has 'rest' which the gateway does not serve; begin a route with 'platform-http:/PATH', in a route file of its own such as mine.camel.yaml");
    }

    @Test
    void shouldFindThePlaceholderOfAVaultInABean() {
        assertThat(rules.problems(route("log: a") + "- beans: [ { name: b, type: java.util.Date, properties: { time: \"{{aws:t}}\" } } ]\n"))
                .singleElement().asString().startsWith("rules.yaml:8:").contains("camel-aws-secrets-manager");
    }

    @Test
    void shouldRefuseADashAlone() {
        assertThat(rules.problems(steps("log: a", ""))).containsExactly("rules.yaml:7:10: route 'routing' has an empty entry in 'steps'");
        assertThat(rules.problems(route("log: a") + "-\n")).singleElement().asString().endsWith("the file has an empty entry in its list");
    }

    @Test
    void shouldRefuseTwoDocuments() {
        assertThat(rules.problems(route("log: a") + "---\n- beans: []\n")).singleElement().asString()
                .startsWith("rules.yaml:8:1: the file is not valid YAML: a second document begins");
    }
}
