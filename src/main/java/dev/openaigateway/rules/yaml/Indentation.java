package dev.openaigateway.rules.yaml;

import java.util.List;

/** Finds the other line that may be meant when the indentation of a line fits no block around it. */
final class Indentation {

    private Indentation() {
    }

    /** @param line the line of the error, starting at 1 */
    static String hint(String text, int line) {
        List<String> lines = text.lines().toList();
        if (line > lines.size()) {
            return "";
        }
        int own = of(lines.get(line - 1));
        int first = line - 1;
        while (first > 0 && (lines.get(first - 1).isBlank() || of(lines.get(first - 1)) > own)) {
            first--;
        }
        if (first == line - 1 || first == 0) {
            return "";
        }
        return "; this line is indented by " + own + " spaces, line " + first + " by " + of(lines.get(first - 1))
                + " and line " + (first + 1) + " by " + of(lines.get(first));
    }

    private static int of(String line) {
        return line.length() - line.stripLeading().length();
    }
}
