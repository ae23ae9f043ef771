package dev.openaigateway.reload.files;

import dev.openaigateway.config.load.RegularFile;
import dev.openaigateway.config.load.UnfitFileException;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where the route files of one start come from: the user's folder, or the jar for each that the folder lacks. Not thread-safe. */
final class RouteFileOrigins {

    /** Listed here because a search in the jar would take a share of every start. */
    private static final List<String> NAMES = List.of("admin.camel.yaml", "azure-api.camel.yaml", "dashboard.camel.yaml",
            "demo-upstream.camel.yaml", "errors.camel.yaml", "events.camel.yaml", "gateway.camel.yaml", "instance.camel.yaml", "openai-api.camel.yaml",
            "routing.camel.yaml");

    private final Path folder;
    private final Set<String> onDisk = new TreeSet<>();
    private final Set<String> inJar = new LinkedHashSet<>();

    /** @param folder the user's folder of route files, which need not exist */
    RouteFileOrigins(Path folder) {
        this.folder = folder;
    }

    /** Records that Camel loads this file. */
    void loaded(Resource resource) {
        String name = LiveFile.nameOf(resource);
        if (LiveFile.pathOf(resource).isPresent()) {
            onDisk.add(name);
        } else if (NAMES.contains(name)) {
            inJar.add(name);
        }
    }

    /**
     * Returns the files of the jar that the user's folder lacks and that are not loaded yet.
     *
     * @throws StartupException if the folder has something of such a name that is no file
     */
    List<Resource> missing(CamelContext context) {
        List<Resource> missing = new ArrayList<>();
        for (String name : NAMES) {
            if (!onDisk.contains(name) && !inJar.contains(name) && isLacking(folder.resolve(name))) {
                missing.add(PluginHelper.getResourceLoader(context).resolveResource("classpath:routes/" + name));
            }
        }
        return missing;
    }

    private static boolean isLacking(Path file) {
        try {
            RegularFile.requireRegular(file);
            return !Files.exists(file);
        } catch (UnfitFileException e) {
            throw new StartupException(file + ": " + e.getMessage());
        }
    }

    /** Returns a sentence on the origin of the files; empty if all of them have the same. */
    String origin() {
        return onDisk.isEmpty() || inJar.isEmpty() ? "" : "Route files from " + folder + ": " + String.join(", ", onDisk)
                + "; from the jar: " + String.join(", ", inJar);
    }
}
