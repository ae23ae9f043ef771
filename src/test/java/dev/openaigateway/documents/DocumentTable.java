package dev.openaigateway.documents;

import dev.openaigateway.support.Documents;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The rows of the tables of pages under docs. */
final class DocumentTable {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (.*) \\|$");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    private DocumentTable() {
    }

    /** The cells of each row of each table of a page, heads included. */
    static List<List<String>> rows(String page) {
        return ROW.matcher(Documents.read(Path.of("docs", page + ".md"))).results()
                .map(row -> Arrays.stream(row.group(1).split(" \\|(?= |$)")).map(String::strip).toList()).toList();
    }

    /** The first cells of the rows, as far as they hold names. */
    static List<String> firstCells(String page) {
        return rows(page).stream().map(cells -> cells.get(0)).filter(cell -> cell.contains("`")).toList();
    }

    /** The names in a cell, which stand in backticks. */
    static List<String> names(String cell) {
        return NAME.matcher(cell).results().map(name -> name.group(1)).toList();
    }
}
