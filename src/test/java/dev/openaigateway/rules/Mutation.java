package dev.openaigateway.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rules file with one small change.
 *
 * @param kind what was changed
 * @param line the line of the change, starting at 1
 */
record Mutation(String kind, int line, String text) {

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");
    private static final List<String> TYPES = List.of("[]", "{}", "5", "true", "", "[ x ]", "{ x: 1 }", "words of text");

    /** Makes one change, chosen by the random numbers; null if it would change nothing. */
    static Mutation of(String original, Random random) {
        List<String> lines = new ArrayList<>(original.lines().toList());
        int at = random.nextInt(lines.size());
        while (lines.get(at).isBlank() || lines.get(at).startsWith("#")) {
            at = random.nextInt(lines.size());
        }
        String line = lines.get(at);
        String kind = List.of("word", "word", "word", "indentation", "deleted line", "doubled line", "type", "character").get(random.nextInt(8));
        switch (kind) {
            case "word" -> lines.set(at, misspelt(line, random));
            case "indentation" -> lines.set(at, indented(line, random));
            case "deleted line" -> lines.remove(at);
            case "doubled line" -> lines.add(at, line);
            case "type" -> lines.set(at, line.replaceFirst("(:|-) +[^ ].*$", "$1 " + TYPES.get(random.nextInt(TYPES.size()))));
            default -> {
                int location = line.length() - 1 - random.nextInt(Math.min(12, line.strip().length()));
                lines.set(at, line.substring(0, location) + line.substring(location + 1));
            }
        }
        String text = String.join("\n", lines) + "\n";
        return text.equals(original) ? null : new Mutation(kind, at + (kind.equals("doubled line") ? 2 : 1), text);
    }

    private static String misspelt(String line, Random random) {
        Matcher words = WORD.matcher(line);
        List<int[]> places = new ArrayList<>();
        while (words.find()) {
            places.add(new int[] {words.start(), words.end()});
        }
        if (places.isEmpty()) {
            return line;
        }
        int[] word = places.get(random.nextInt(places.size()));
        int at = word[0] + random.nextInt(word[1] - word[0]);
        return switch (random.nextInt(3)) {
            case 0 -> line.substring(0, at) + line.substring(at + 1);
            case 1 -> line.substring(0, at) + line.charAt(at) + line.substring(at);
            default -> at + 1 < word[1] ? line.substring(0, at) + line.charAt(at + 1) + line.charAt(at) + line.substring(at + 2)
                    : line.substring(0, at) + 'x' + line.substring(at + 1);
        };
    }

    private static String indented(String line, Random random) {
        int by = 1 + random.nextInt(3);
        return random.nextBoolean() || !line.startsWith(" ".repeat(by)) ? " ".repeat(by) + line : line.substring(by);
    }

    /** The text with the line of the change marked. */
    @Override
    public String toString() {
        List<String> lines = text.lines().toList();
        StringBuilder shown = new StringBuilder(kind);
        for (int i = Math.max(0, line - 3); i < Math.min(lines.size(), line + 2); i++) {
            shown.append('\n').append(i + 1 == line ? "> " : "  ").append(i + 1).append(' ').append(lines.get(i));
        }
        return shown.toString();
    }
}
