package dev.openaigateway.app;

import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.TrainingProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** The classes that the traffic of the training loads, all of which the start-up cache of the image holds. */
@ProcessTest
class TrainingIT {

    @TempDir
    Path folder;

    /** Its 300 classes would make the cache, and so the idle memory of the image, larger for each gateway. */
    @Test
    void shouldNotLoadTheObjectMapper() throws Exception {
        Path log = folder.resolve("classes.txt");

        TrainingProcess.run("-Xlog:class+load:file=" + log);

        assertThat(log).content().contains(".jackson.core.JsonGenerator ").doesNotContain(".jackson.databind.ObjectMapper ");
    }
}
