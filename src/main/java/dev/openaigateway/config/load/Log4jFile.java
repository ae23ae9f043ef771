package dev.openaigateway.config.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;

/**
 * The configuration files of Log4j that the process names. If Log4j cannot read one, it prints a stack trace or nothing, and no log is
 * written, so such a file is refused. Files with an address or a lookup of Log4j, and those on the class path, are left to Log4j.
 */
public final class Log4jFile {

    static final String VARIABLE = "LOG4J_CONFIGURATION_FILE";
    private static final String[] PROPERTIES = {"log4j2.configurationFile", "log4j.configurationFile"};

    private Log4jFile() {
    }

    /** @throws InvalidSettingsException with the variable or the system property, and the first file that Log4j could not read */
    public static void requireReadable(Environment environment) throws InvalidSettingsException {
        for (String property : PROPERTIES) {
            require(environment, "system properties", property, Optional.ofNullable(System.getProperty(property)));
        }
        require(environment, "environment", VARIABLE, environment.variable(VARIABLE));
    }

    private static void require(Environment environment, String source, String name, Optional<String> files) throws InvalidSettingsException {
        for (String file : files.orElse("").split(",")) {
            Optional<String> problem = file.isBlank() || isElsewhere(file.strip()) ? Optional.empty() : problem(environment.workingDirectory().resolve(file.strip()));
            if (problem.isPresent()) {
                throw new InvalidSettingsException(new Problem(source, name, Optional.of(file.strip()), problem.get(), Optional.empty()));
            }
        }
    }

    private static boolean isElsewhere(String file) {
        return file.matches("\\w{2,}:.*") || file.contains("${") || Log4jFile.class.getClassLoader().getResource(file) != null;
    }

    private static Optional<String> problem(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return Optional.of("must be a file that the gateway can read");
        }
        String name = file.getFileName().toString();
        try {
            switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
                case "xml" -> readXml(file);
                case "json", "jsn" -> new ObjectMapper().readTree(file.toFile());
                case "yaml", "yml" -> new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
                case "properties" -> Files.size(file);
                default -> {
                    return Optional.of("must end with .xml, .json, .yaml or .properties, which is how Log4j knows the form");
                }
            }
            return Files.size(file) == 0 ? Optional.of("must not be empty") : Optional.empty();
        } catch (YamlEngineException e) {
            return Optional.of("is not valid YAML: " + e.getMessage().lines().findFirst().orElse(""));
        } catch (JsonProcessingException e) {
            return Optional.of("is not valid JSON: " + e.getOriginalMessage());
        } catch (SAXException e) {
            return Optional.of("is not valid XML: " + e.getMessage());
        } catch (IOException | ParserConfigurationException e) {
            return Optional.of("cannot be read: " + e.getMessage());
        }
    }

    /** Loads nothing that the file names. */
    private static void readXml(Path file) throws IOException, SAXException, ParserConfigurationException {
        SAXParserFactory factory = SAXParserFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
        factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        factory.newSAXParser().parse(file.toFile(), new DefaultHandler());
    }

    /** Whether the process names a configuration file of Log4j, which applies in place of the logging settings. */
    public static boolean isNamed() {
        return isGiven(System.getProperty(PROPERTIES[0])) || isGiven(System.getProperty(PROPERTIES[1])) || isGiven(System.getenv(VARIABLE));
    }

    private static boolean isGiven(String file) {
        return file != null && !file.isBlank();
    }
}
