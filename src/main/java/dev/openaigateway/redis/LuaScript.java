package dev.openaigateway.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads Lua scripts from resources. */
public final class LuaScript {

    private LuaScript() {
    }

    /** @param user the class in whose package the script is */
    public static String read(Class<?> user, String name) {
        try (InputStream in = user.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(name, broken);
        }
    }
}
