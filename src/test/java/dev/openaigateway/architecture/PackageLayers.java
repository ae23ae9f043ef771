package dev.openaigateway.architecture;

import com.tngtech.archunit.core.domain.JavaClass;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The package layers in the diagram of CONTRIBUTING.md. */
final class PackageLayers {

    private static final String BEGIN = "```text\napp\n";
    private static final String ROOT = "dev.openaigateway.";

    /** Layer by package name; a lower number is a lower layer. */
    private final Map<String, Integer> layers = new HashMap<>();

    private PackageLayers(String diagram) {
        String[] lines = diagram.split("\n");
        for (int i = 0; i < lines.length; i++) {
            for (String name : lines[i].replaceAll("-", "").trim().split(" +")) {
                layers.put(name, lines.length - i);
            }
        }
    }

    static PackageLayers drawn() {
        try {
            String text = Files.readString(Path.of("CONTRIBUTING.md"));
            int begin = text.indexOf(BEGIN) + BEGIN.indexOf("app");
            return new PackageLayers(text.substring(begin, text.indexOf("```", begin)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean shows(String name) {
        return layers.containsKey(name);
    }

    boolean mayUse(JavaClass user, JavaClass used) {
        return name(user).equals(name(used)) || layers.get(name(user)) > layers.get(name(used));
    }

    static String name(JavaClass type) {
        return type.getPackageName().substring(ROOT.length());
    }
}
