package dev.openaigateway.config.load;

import dev.openaigateway.config.InstanceSettings;

/** Reads the beginning of a path of the API, such as {@code files}, {@code /files} or {@code /v1/files}. */
final class PassthroughPath {

    private PassthroughPath() {
    }

    static String parse(String text) throws InvalidValueException {
        String below = text.strip().replaceFirst("^/?(openai/)?(v1/)?", "");
        String path = AddressParsers.withoutSlashes(below.endsWith("/*") ? below.substring(0, below.length() - 1) : below);
        if (!path.equals(InstanceSettings.ANY_PATH) && !path.matches("[A-Za-z0-9_.-]{1,64}(/[A-Za-z0-9_.-]{1,64}){0,9}")) {
            throw new InvalidValueException("must be the beginning of a path below /v1, such as files, or * for every path");
        }
        return path;
    }
}
