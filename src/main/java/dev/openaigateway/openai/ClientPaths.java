package dev.openaigateway.openai;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The beginnings of the paths that clients call, in the forms of OpenAI, DeepSeek and Azure. */
public final class ClientPaths {

    public static final String OPENAI = "/v1/";
    public static final String DEEPSEEK = "/deepseek/";
    public static final String AZURE = "/openai/";

    private static final List<String> ALL = List.of(OPENAI, DEEPSEEK, AZURE);

    private ClientPaths() {
    }

    /** @param path normalized, without the query */
    public static boolean contain(String path) {
        return ALL.stream().anyMatch(path::startsWith);
    }

    /** A part of a path without its percent encoding. Unlike in a query, a plus sign is no space. */
    public static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
