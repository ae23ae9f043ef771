package dev.openaigateway.rules;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Members of the gateway's exchange properties, whose types are known as long as no step sets them. */
class PropertyMembersTest {

    private static List<String> problems(String expression, String stepBefore) {
        return new CheckedRules().problems(CheckedRules.before(stepBefore + "- log: \"" + expression + "\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ${exchangeProperty.model.foo()}                   | exchange property 'model' is a text, which has no 'foo'
            ${exchangeProperty[client].foo}                   | exchange property 'client' is a text, which has no 'foo'
            ${exchangeProperty['model'].foo}                  | exchange property 'model' is a text, which has no 'foo'
            ${exchangeProperty.model?.toUppercase()}          | which has no 'toUppercase'; did you mean "toUpperCase"?
            a ${exchangeProperty.user.startWith('a')}         | which has no 'startWith'; did you mean "startsWith"?
            ${exchangeProperty.model.id}                      | exchange property 'model' is a text, which has no 'id'
            ${exchangeProperty.stream.foo}                    | exchange property 'stream' is true or false, which has no 'foo'
            ${exchangeProperty.size.length()}                 | exchange property 'size' is a number, which has no 'length'
            """)
    void shouldRefuseWhatTheValueDoesNotHave(String expression, String expected) {
        assertThat(problems(expression, "")).singleElement().asString().startsWith("rules.yaml:6:").contains("which fails: exchange property", expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"${exchangeProperty.model.length}", "${exchangeProperty.model.length()}", "${exchangeProperty.model.toUpperCase()}", "${exchangeProperty.model.class.name}",
        "${exchangeProperty.model.blank}", "${exchangeProperty.model.isBlank()}", "${exchangeProperty[model].startsWith('gpt')}", "${exchangeProperty.model.substring(0,1)}",
        "${exchangeProperty.model.replace('.', ${header.a})}", "${exchangeProperty.size.intValue}", "${exchangeProperty.prompt_tokens.foo}", "${header.x.foo()}", "${exchangeProperty.model}.foo()"})
    void shouldLeaveWhatTheValueMayHave(String expression) {
        assertThat(problems(expression, "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"- setProperty: { name: model, method: { ref: quota, method: process } }\n", "- setProperty: { name: model.foo, constant: a }\n",
        "- setProperty: { name: 'mod${header.x}', constant: a }\n", "- process: { ref: quota }\n", "- script: { groovy: 'exchange.setProperty(\"model\", [foo: 1])' }\n"})
    void shouldLeaveAPropertyThatAStepMaySet(String step) {
        assertThat(problems("${exchangeProperty.model.foo}", step)).isEmpty();
    }

    @Test
    void shouldRefuseBesideAStepThatSetsAnotherProperty() {
        assertThat(problems("${exchangeProperty.model.foo}", "- setProperty: { name: team, constant: a }\n")).hasSize(1);
    }
}
