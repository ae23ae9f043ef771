package dev.openaigateway.architecture;

import com.tngtech.archunit.core.domain.JavaClass;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The picture of the packages in CONTRIBUTING.md. */
final class Floors {

    private static final String BEGIN = "```text\napp\n";
    private static final String ROOT = "dev.openaigateway.";

    /** The lowest line is 0. */
    private final Map<String, Integer> floors = new HashMap<>();

    private Floors(String picture) {
        String[] lines = picture.split("\n");
        for (int i = 0; i < lines.length; i++) {
            for (String name : lines[i].replaceAll("-", "").trim().split(" +")) {
                floors.put(name, lines.length - i);
            }
        }
    }

    static Floors drawn() {
        try {
            String text = Files.readString(Path.of("CONTRIBUTING.md"));
            int begin = text.indexOf(BEGIN) + BEGIN.indexOf("app");
            return new Floors(text.substring(begin, text.indexOf("```", begin)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean shows(String name) {
        return floors.containsKey(name);
    }

    boolean mayUse(JavaClass user, JavaClass used) {
        return name(user).equals(name(used)) || floors.get(name(user)) > floors.get(name(used));
    }

    static String name(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }
}
