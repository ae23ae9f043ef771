package dev.openaigateway.documents;

import dev.openaigateway.support.Documents;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A curl command of the documentation, and its documented output.
 *
 * @param words   the words of the command, without quotes
 * @param printed the lines of the output; {@code ...} stands for any number of lines
 */
record DocumentCommand(List<String> words, List<String> printed) {

    private static final Pattern BLOCK = Pattern.compile("(?s)```console\n(.*?)```");
    private static final Pattern COMMAND = Pattern.compile("(?ms)^\\$ (curl (?:[^\n]*\\\\\n)*[^\n]*)\n(.*?)(?=^\\$ |\\z)");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    static List<DocumentCommand> all() {
        return BLOCK.matcher(Documents.text()).results().map(block -> block.group(1))
                .flatMap(block -> COMMAND.matcher(block).results().toList().stream()).map(DocumentCommand::of).toList();
    }

    private static DocumentCommand of(MatchResult command) {
        List<String> words = new ArrayList<>();
        WORD.matcher(command.group(1).replace("\\\n", " ")).results()
                .forEach(word -> words.add(word.group(1) != null ? word.group(1) : word.group(2)));
        return new DocumentCommand(words, command.group(2).strip().lines().toList());
    }

    /** Returns whether only a part of the response is printed. */
    boolean isFiltered() {
        return words.contains("grep");
    }

    HttpRequest request(int port) {
        String url = words.stream().filter(word -> word.startsWith("http://")).findFirst().orElseThrow();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url.replace(":3010", ":" + port)));
        for (int i = 0; i < words.size() - 1; i++) {
            String value = words.get(i + 1);
            switch (words.get(i)) {
                case "-H" -> request.header(value.substring(0, value.indexOf(':')), value.substring(value.indexOf(':') + 1).strip());
                case "-d" -> request.POST(HttpRequest.BodyPublishers.ofString(value));
                default -> { }
            }
        }
        return request.build();
    }

    /** Returns a pattern for the output that matches any time stamp. */
    Pattern expected() {
        StringBuilder pattern = new StringBuilder("(?s)");
        for (String line : printed) {
            pattern.append(line.equals("...") ? ".*" : Pattern.quote(line).replaceAll("\"created\":\\d+", "\"created\":\\\\E\\\\d+\\\\Q")).append("\\n?");
        }
        return Pattern.compile(pattern + "\\s*");
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
