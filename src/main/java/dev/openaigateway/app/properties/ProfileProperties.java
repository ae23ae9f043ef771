package dev.openaigateway.app.properties;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where Camel reads its properties from: {@code application.properties}, and before it the file of the active profile. */
public final class ProfileProperties {

    /** The profile in which Camel's command line and its consoles are on. */
    public static final String DEV = "dev";

    private ProfileProperties() {
    }

    /** @param profile null or blank for none; a profile without a file is none */
    public static String locations(Path folder, String profile) {
        Stream<String> files = profile == null || !profile.matches("[A-Za-z0-9_-]+") ? Stream.of("application.properties")
                : Stream.of("application-" + profile + ".properties", "application.properties");
        return files.map(file -> location(folder, file)).filter(location -> !location.isEmpty()).collect(Collectors.joining(","));
    }

    /** The file in the folder, else that in the jar; empty if there is neither. */
    private static String location(Path folder, String file) {
        Path own = folder.resolve(file);
        if (Files.exists(own)) {
            return "file:" + own;
        }
        return ProfileProperties.class.getClassLoader().getResource(file) == null ? "" : "classpath:" + file;
    }
}
