package dev.openaigateway.rules;

import dev.openaigateway.problem.Problem;
import dev.openaigateway.rules.yaml.RulesText;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.TestGateway;
import dev.openaigateway.support.TestSettings;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changes a rules file at random, in one place at a time. A change is refused at the right line, or Camel loads the file
 * with a different meaning: none is accepted and then ignored.
 */
@GatewayTest
class RulesMutationTest {

    private static final int MUTATIONS = 150;
    private static final long SEED = 20260728;
    private static final String SETTINGS = """
            instances:
              - { name: east, provider_type: generic, api_key: k, api_base: "http://east" }
              - { name: west, provider_type: generic, api_key: k, api_base: "http://west" }
              - { name: mirror, provider_type: generic, api_key: k, api_base: "http://mirror" }
            """;

    private final List<String> wrong = new ArrayList<>();
    private int refused;

    @Test
    void shouldRefuseEachChangeAtItsLineOrTakeItAsItIs() throws Exception {
        String original = original();
        Random random = new Random(SEED);
        try (TestGateway gateway = TestGateway.start(SETTINGS)) {
            LoadedRules loaded = new LoadedRules(gateway.main().getCamelContext());
            assertThat(problems(gateway.main().getCamelContext(), original)).isEmpty();
            String meaning = loaded.meaning(original);
            for (int done = 0; done < MUTATIONS; ) {
                Mutation mutation = Mutation.of(original, random);
                if (mutation != null) {
                    judge(mutation, problems(gateway.main().getCamelContext(), mutation.text()), loaded, meaning, original);
                    done++;
                }
            }
        }
        assertThat(String.join("\n\n", wrong)).isEmpty();
        assertThat(refused).isBetween(MUTATIONS / 2, MUTATIONS - 5);
    }

    private void judge(Mutation mutation, List<Problem> problems, LoadedRules loaded, String meaning, String original) {
        if (!problems.isEmpty()) {
            refused++;
            if (problems.stream().noneMatch(problem -> isAt(problem, mutation))) {
                wrong.add("told elsewhere: " + mutation + "\n" + problems.stream().map(Problem::message).toList());
            }
            return;
        }
        try {
            boolean isSame = loaded.meaning(mutation.text()).equals(meaning);
            if (isSame && !mutation.kind().equals("doubled line") && !tree(mutation.text()).equals(tree(original))) {
                wrong.add("ignored: " + mutation);
            }
        } catch (Exception e) {
            wrong.add("not found: " + mutation + "\n" + e);
        }
    }

    /** Some changes, such as a missing line, show one line beside. A name that was changed where it is declared shows where it is used. */
    private static boolean isAt(Problem problem, Mutation mutation) {
        String[] parts = problem.source().split(":");
        int line = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
        boolean mayBeBeside = !mutation.kind().equals("word");
        return Math.abs(line - mutation.line()) <= (mayBeBeside ? 1 : 0) || problem.message().contains("rules.yaml:" + mutation.line())
                || problem.message().contains("line " + mutation.line() + " by ");
    }

    private static Object tree(String text) {
        return new Load(LoadSettings.builder().build()).loadFromString(text);
    }

    private static List<Problem> problems(CamelContext context, String text) {
        return new RulesCheck(context).check(List.of(RulesText.rules("rules.yaml", text)),
                new CheckContext(TestSettings.of(SETTINGS), List.of(), List.of(), Set.of(), Set.of("guard"))).problems();
    }

    private static String original() throws IOException {
        try (InputStream file = RulesMutationTest.class.getResourceAsStream("/rules/mutated.camel.yaml")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
