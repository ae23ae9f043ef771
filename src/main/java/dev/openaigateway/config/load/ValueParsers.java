package dev.openaigateway.config.load;

import dev.openaigateway.config.RequestHeaderNames;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.PastedContent;
import dev.openaigateway.tokenizer.Tokenizer;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parsers for the values of settings. */
final class ValueParsers {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern MODEL_NAME = Pattern.compile("[!-~]{1,200}");
    private static final Pattern AZURE_VERSION = Pattern.compile("v1|preview|\\d{4}-\\d{2}-\\d{2}(-[a-z]+)?");
    private static final int LONGEST_FILE_NAME = 4_096;

    private ValueParsers() {
    }

    /** Validates a value that is not part of a tree. */
    static void check(String text, ValueParser<?> parser, Origin origin) throws InvalidSettingsException {
        try {
            parser.read(text);
        } catch (InvalidValueException e) {
            throw new InvalidSettingsException(List.of(origin.problem(text, e)));
        }
    }

    static String text(String text) {
        return text;
    }

    /** A list that is written as JSON in one text, as in a variable, would be taken for names with brackets and quotes. */
    static String servedModel(String text) throws InvalidValueException {
        if (text.matches(".*[\\[\\]\"].*")) {
            throw new InvalidValueException("must be the name of a model, without brackets and quotes; separate names by commas, such as gpt-4o,gpt-4o-mini");
        }
        return text;
    }

    static ValueParser<Integer> integer(int min, int max) {
        ValueParser<Long> number = number(min, max);
        return text -> Math.toIntExact(number.read(text));
    }

    static ValueParser<Long> number(long min, long max) {
        return text -> {
            try {
                long value = Long.parseLong(text);
                if (value >= min && value <= max) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // reported below
            }
            throw new InvalidValueException(max >= Integer.MAX_VALUE
                    ? "must be a whole number of at least " + min
                    : "must be a whole number from " + min + " to " + max);
        };
    }

    static boolean flag(String text) throws InvalidValueException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0" -> false;
            default -> throw new InvalidValueException("must be true or false");
        };
    }

    /** A text for a header or a login. A file with a second line is no such text. */
    static String line(String text) throws InvalidValueException {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidValueException("must be one line, without control characters");
        }
        return text;
    }

    /** A version of Azure's API. */
    static String azureVersion(String text) throws InvalidValueException {
        if (!AZURE_VERSION.matcher(text).matches()) {
            throw new InvalidValueException("must be v1, preview or a date such as 2024-10-21 or 2025-04-01-preview");
        }
        return text;
    }

    /** As Camel writes a flag. */
    static boolean trueOrFalse(String text) throws InvalidValueException {
        if (!text.equals("true") && !text.equals("false")) {
            throw new InvalidValueException("must be true or false");
        }
        return text.equals("true");
    }

    /** The name of a constant, ignoring case, with {@code _} or {@code -} between words, or written like {@code roundRobin}. */
    static <E extends Enum<E>> ValueParser<E> oneOf(Class<E> type) {
        List<String> names = Arrays.stream(type.getEnumConstants()).map(e -> e.name().toLowerCase(Locale.ROOT)).toList();
        return text -> {
            String wanted = text.toLowerCase(Locale.ROOT).replace('-', '_');
            String name = names.contains(wanted) ? wanted : text.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
            if (!names.contains(name)) {
                throw InvalidValueException.unknownName("must be one of " + String.join(", ", names), wanted, names);
            }
            return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
        };
    }

    /** One of the names, in any case; they are in lower case. */
    static ValueParser<String> oneOf(Collection<String> names) {
        return text -> {
            String wanted = text.toLowerCase(Locale.ROOT);
            if (!names.contains(wanted)) {
                throw InvalidValueException.unknownName("must be one of " + String.join(", ", names), wanted, names);
            }
            return wanted;
        };
    }

    /** The name of an encoding of OpenAI's models. */
    static String tokenizer(String text) throws InvalidValueException {
        List<String> names = Tokenizer.names();
        if (!names.contains(text)) {
            throw InvalidValueException.unknownName("must be one of " + String.join(", ", names), text, names);
        }
        return text;
    }

    /** A log level; also accepts the names of other logging frameworks. */
    static String logLevel(String text) throws InvalidValueException {
        List<String> levels = List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR");
        String level = switch (text.toUpperCase(Locale.ROOT)) {
            case "WARNING" -> "WARN";
            case "CRITICAL", "FATAL" -> "ERROR";
            default -> text.toUpperCase(Locale.ROOT);
        };
        if (!levels.contains(level)) {
            throw InvalidValueException.unknownName("must be one of " + String.join(", ", levels), level, levels);
        }
        return level;
    }

    /** A file that can be written, or that can be created with its folders. Creates nothing that stays. */
    static String writableFile(String text) throws InvalidValueException {
        fileName(text);
        if (text.length() > LONGEST_FILE_NAME) {
            throw new InvalidValueException("must be the name of a file, of at most " + LONGEST_FILE_NAME + " characters");
        }
        Optional<String> obstacle;
        try {
            obstacle = WritableFile.obstacle(Path.of(text).toAbsolutePath());
        } catch (InvalidPathException e) {
            obstacle = Optional.of("no file can have this name");
        }
        if (obstacle.isPresent()) {
            throw new InvalidValueException("must be a file that can be written" + folderIfRelative(text) + ": " + obstacle.get());
        }
        return text;
    }

    /** A file that exists and can be read, relative to the working directory of the process. */
    static Path readableFile(String text) throws InvalidValueException {
        fileName(text);
        try {
            Path file = Path.of(text.length() <= LONGEST_FILE_NAME ? text : "").toAbsolutePath();
            if (Files.isRegularFile(file) && Files.isReadable(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            // reported below
        }
        throw new InvalidValueException("must be a file that exists and can be read" + folderIfRelative(text));
    }

    /** The folder of relative names, unless the name is absolute. Not the name itself: it may be the value of a variable. */
    private static String folderIfRelative(String text) {
        return text.startsWith("/") ? "" : ", in the folder " + Path.of("").toAbsolutePath() + " if its name is relative";
    }

    static String name(String text) throws InvalidValueException {
        if (!NAME.matcher(text).matches()) {
            throw new InvalidValueException("must consist of letters, digits, dot, hyphen and underscore");
        }
        return text;
    }

    static String header(String text) throws InvalidValueException {
        if (!RequestHeaderNames.isName(text)) {
            throw new InvalidValueException("must be the name of an HTTP header");
        }
        return text;
    }

    /** The name of a model, which may be sent in a header. */
    static String modelName(String text) throws InvalidValueException {
        if (!MODEL_NAME.matcher(text).matches()) {
            throw new InvalidValueException("must be a name of printable ASCII characters without spaces");
        }
        return text;
    }

    /** The name of a file, which need not exist. */
    static String fileName(String text) throws InvalidValueException {
        if (PastedContent.is(text)) {
            throw new InvalidValueException("is the content of a file, not its name; write it to a file and give the name of that file");
        }
        return text;
    }
}
