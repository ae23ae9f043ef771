package dev.openaigateway.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Beans and templates that a file declares. */
class BeanMistakesTest {

    private static final String ROUTE = """
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
                    - loadBalance:
                        customLoadBalancer: mine
                        steps: [ { to: "instance:*" } ]
            - beans:
                - name: mine
                  %s
            """;
    private static final String TEMPLATE = """
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
                    - to: direct:team
            - routeTemplate:
                id: team
                parameters: [ { name: begin }, { name: instance }, { name: text, defaultValue: a } ]
                from:
                  uri: "direct:{{begin}}"
                  steps:
                    - log: "{{text}}"
                    - to: "instance:{{instance}}"
            - templatedRoute:
                routeTemplateRef: team
                routeId: made
                parameters:
                  - { name: begin, value: team }
                  - { name: instance, value: east }
            """;

    private final CheckedRules rules = new CheckedRules();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "type: Sticky | 11:13: 'beans' names class \"Sticky\" which is not on the class path; did you mean \"dev.openaigateway.routing.policy.Sticky\"?",
            "type: java.util.ArrayList | 7:33: route 'routing' names policy \"mine\" which is a java.util.ArrayList (rules.yaml:10) and not a dev.openaigateway.routing.Policy",
            "type: java.util.AbstractList | 11:13: 'beans' names class \"java.util.AbstractList\" which has no constructor without arguments",
            "{type: dev.openaigateway.routing.policy.Sticky, properties: {kye: a}} | sets bean property \"kye\" which the class does not have (key)",
            "{type: dev.openaigateway.routing.policy.Sticky, destroyMethod: clos} | names as 'destroyMethod' the method \"clos\" which the class does not have",
            "{type: dev.openaigateway.routing.Policy, scriptLanguage: grovy, script: a} | uses script language \"grovy\" which the gateway does not have",
            "{type: dev.openaigateway.routing.Policy, scriptLanguage: groovy, script: \"{ a -> \"} | has a script that is not valid groovy"})
    void shouldNameTheMistake(String bean, String expected) {
        String flat = bean.startsWith("{") ? ROUTE.replace("- name: mine\n      %s", "- " + bean.replaceFirst("\\{", "{name: mine, ")) : ROUTE.formatted(bean);
        assertThat(rules.problems(flat)).anySatisfy(problem -> assertThat(problem).contains(expected));
    }

    @Test
    void shouldRefuseTheNameOfABeanThatExistsElsewhere() {
        assertThat(rules.problems(ROUTE.formatted("type: dev.openaigateway.routing.policy.Sticky").replace("mine", "quota"))).singleElement().asString()
                .startsWith("rules.yaml:10:13: 'beans' binds bean \"quota\" which the gateway or another file has already");
    }

    @Test
    void shouldAcceptAPolicyOfThisProject() {
        assertThat(rules.problems(ROUTE.formatted("type: dev.openaigateway.routing.policy.Sticky\n      properties: { key: \"${header.a}\" }"))).isEmpty();
    }

    @Test
    void shouldKnowWhereRoutesFromTemplatesBegin() {
        assertThat(rules.problems(TEMPLATE)).isEmpty();
        assertThat(rules.problems(TEMPLATE.replace("to: direct:team", "to: direct:taem"))).singleElement().asString()
                .startsWith("rules.yaml:6:15: route 'routing' sends to \"direct:taem\" but no route begins there; a route begins at rules.yaml:16")
                .endsWith("did you mean \"direct:team\"?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:team-{{java.specification.version}}", "direct:team-17"})
    void shouldKnowWhereRoutesBeginOnceTheirPlaceholdersAreReplaced(String target) {
        String version = System.getProperty("java.specification.version");
        String to = target.replace("17", version);
        assertThat(rules.problems(TEMPLATE.replace("to: direct:team", "to: \"" + to + "\"").replace("direct:{{begin}}", "direct:{{begin}}-{{java.specification.version}}"))).isEmpty();
        assertThat(rules.problems(TEMPLATE.replace("to: direct:team", "to: direct:team\n        - to: \"" + to + "\"") + "- from: { uri: \"direct:team-{{java.specification.version}}\", steps: [ { log: a } ] }\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
            "routeTemplateRef: team | routeTemplateRef: taem | 16:23: templatedRoute 'made' names route template \"taem\" which does not exist (team); did you mean \"team\"?",
            "- { name: instance, value | - { name: text, value | 16:23: templatedRoute 'made' does not set parameter \"instance\" which the template needs; it is declared at rules.yaml:9",
            "{ name: instance, value: east } | { name: instance, value: esat } | 20:34: templatedRoute 'made' names instance \"esat\" which is not configured (east, west); did you mean \"east\"?",
            "instance:{{instance}} | instance:*?tag={{instance}} | 20:34: templatedRoute 'made' names tag \"east\" which is not configured (no instance has tags)",
            "- to: \"instance:{{instance}}\" | - to: { uri: \"instance:*\", parameters: { exclude: \"{{instance}},x{{text}}\" } } | 16:23: templatedRoute 'made' names",
            "{ name: begin, value | { name: beginn, value | 19:17: templatedRoute 'made' sets parameter \"beginn\" which the template at rules.yaml:8 does not have (begin, instance, text)"})
    void shouldCheckTheParametersOfTemplates(String right, String wrong, String expected) {
        assertThat(rules.problems(TEMPLATE.replace(right, wrong))).anySatisfy(problem -> assertThat(problem).startsWith("rules.yaml:" + expected));
    }

    @Test
    void shouldReportAClassThatLacksAnotherOneAndCheckTheRest() {
        assertThat(rules.withoutWhatNeeds("com.example.Outdated").problems(ROUTE.formatted("type: com.example.Outdated").replace("instance:*", "instance:esat")))
                .hasSize(2).anySatisfy(problem -> assertThat(problem).contains("rules.yaml:11:13", "cannot be loaded", "com/example/Missing"))
                .anySatisfy(problem -> assertThat(problem).contains("esat"));
    }
}
