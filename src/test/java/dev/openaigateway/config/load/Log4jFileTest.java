package dev.openaigateway.config.load;

import dev.openaigateway.problem.InvalidSettingsException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class Log4jFileTest {

    @TempDir
    Path folder;

    private void require(String files) throws Exception {
        Files.writeString(folder.resolve("own.properties"), "rootLogger.level = INFO\n");
        Files.writeString(folder.resolve("own.xml"), "<Configuration/>");
        Files.createDirectory(folder.resolve("folder.xml"));
        Log4jFile.requireReadable(new Environment(Map.of(Log4jFile.VARIABLE, files), folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"own.xml", "own.properties, own.xml", "${sys:user.home}/log4j2.xml", "https://example.com/log4j2.xml", "classpath:log4j2.xml", "log4j2-test.properties"})
    void shouldAcceptWhatLog4jCanReadOrLooksUpItself(String files) {
        assertThatCode(() -> require(files)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.xml", "own.xml,none.xml", "folder.xml"})
    void shouldRefuseWhatIsNoFile(String files) {
        assertThatThrownBy(() -> require(files)).isInstanceOf(InvalidSettingsException.class).hasMessageContaining("must be a file that the gateway can read");
    }
}
