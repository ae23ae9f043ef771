package dev.openaigateway.app;

import dev.openaigateway.config.load.FolderLayout;
import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.tools.HealthCommand;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** What the gateway does on the command line instead of running. */
public final class CommandLine {

    private static final String HELP = """
            Camel OpenAI Gateway: one OpenAI-compatible endpoint in front of many upstreams.

            java -jar openai-gateway.jar                  runs the gateway with the files of this folder
            java -jar openai-gateway.jar check [FOLDER]   checks the settings, rules, events and application.properties of a
                                                          folder (this one if none is given) without starting anything
            java -jar openai-gateway.jar health           asks the gateway that runs on this machine, at PORT (3010), whether it is
                                                          ready, over HTTP or TLS
            java -jar openai-gateway.jar --help           prints this text
            java -jar openai-gateway.jar --version        prints the version

            Files in the folder: application.properties, routes/instances.yaml, routes/routing.camel.yaml,
            routes/rules/*.camel.yaml, routes/events.camel.yaml. Each that is missing is taken from the jar.
            Exit status: 0 if all is well, 1 if a check finds problems, the gateway is not ready or cannot start, 2 for a wrong command line.""";

    private static final List<String> COMMANDS = List.of("check", "health", "--help", "--version");

    private static final int OK = 0;
    private static final int PROBLEMS = 1;
    private static final int WRONG_USAGE = 2;

    private final PrintStream out;
    private final Map<String, String> variables;

    /**
     * @param out       where the output goes
     * @param variables the environment variables
     */
    public CommandLine(PrintStream out, Map<String, String> variables) {
        this.out = out;
        this.variables = variables;
    }

    /** Runs a command. Returns its exit status; empty if there is none, so the gateway is to run. */
    public OptionalInt run(String... args) {
        List<String> words = Arrays.stream(args).filter(word -> !word.isBlank()).toList();
        if (words.isEmpty()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(switch (words.get(0)) {
            case "check" -> check(words.subList(1, words.size()));
            case "health" -> words.size() > 1 ? wrong("'health' takes nothing more.") : HealthCommand.run(variables, out);
            case "--help", "-h", "help" -> print(HELP, OK);
            case "--version", "-v", "version" -> print("Camel OpenAI Gateway " + version(), OK);
            default -> wrong("There is no command or option '" + words.get(0) + "'." + DidYouMean.question(words.get(0), COMMANDS));
        });
    }

    private int check(List<String> words) {
        if (words.size() > 1 || words.stream().anyMatch(word -> word.startsWith("-"))) {
            return wrong("'check' takes one folder, not '" + String.join(" ", words) + "'.");
        }
        Path folder = Path.of(words.isEmpty() ? "" : words.get(0));
        Optional<String> obstacle = FolderLayout.obstacle(folder, variables);
        if (obstacle.isPresent()) {
            return wrong(obstacle.get());
        }
        CheckCommand check = new CheckCommand(folder, variables);
        List<String> problems = check.problems();
        problems.forEach(out::println);
        check.warnings().forEach(warning -> out.println("Warning: " + warning));
        return problems.isEmpty() ? print("OK settings, rules, events and application.properties in " + folder.toAbsolutePath().normalize(), OK)
                : PROBLEMS;
    }

    private int print(String text, int status) {
        out.println(text);
        return status;
    }

    private int wrong(String text) {
        out.println(text + " '--help' lists the commands.");
        return WRONG_USAGE;
    }

    private static String version() {
        String version = CommandLine.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
