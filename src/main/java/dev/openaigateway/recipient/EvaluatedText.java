package dev.openaigateway.recipient;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a component takes for no more than a text in its name and its options. Components may evaluate them in the language simple, and
 * a language loads what begins with {@code resource:} from a file or a URL and evaluates that. So a component that is not listed here
 * gets only letters, digits and the characters in {@code PLAIN}, and no word before a colon that Camel knows.
 *
 * @param texts what a text of the client may consist of
 * @param known what texts may not add to the whole place
 */
record EvaluatedText(Pattern texts, Pattern known) {

    /** They pass their names and options on, or compare them, and evaluate nothing. */
    private static final Set<String> PASSIVE = Set.of("direct", "http", "https", "instance", "seda");
    /** It evaluates nothing; with no component, the text chooses that itself. */
    private static final Set<String> LOGGING = Set.of("log", "");
    /** It evaluates names and options, and divides them at commas and equals signs. */
    private static final String MICROMETER = "micrometer";
    private static final Set<String> BEANS = Set.of("bean", "class");
    private static final String PLAIN = "[\\p{L}\\p{N}\\x{80}-\\x{10FFFF} ._/:@+~%s-]*";
    /** A type, or no value, in place of a parameter of a method. */
    private static final String BINDING = "\\.class|(?<=[(,]\\s{0,99})null(?=\\s*[,)])";
    /** What the resolvers and the languages of Camel load, look up or call. */
    private static final String SCHEMES = "|(?<![\\p{L}\\p{N}])(base64|bean|class|classpath|data|file|ftp|gist|github|gzip|https?|jar|language|mem|method|ref|source|type):";
    private static final String LETTER = "x";
    private static final String NOTHING = "(?!)";
    private static final EvaluatedText ANY = of(".*", NOTHING);
    private static final EvaluatedText OF_LOG = of("[^${}%]*", NOTHING);
    private static final EvaluatedText OF_METRICS = of(PLAIN.formatted("&'()!"), NOTHING);
    private static final EvaluatedText OF_PARAMETERS = of(PLAIN.formatted(""), BINDING);
    private static final EvaluatedText OF_OTHERS = of(PLAIN.formatted(""), BINDING + SCHEMES);

    static EvaluatedText of(String scheme) {
        if (PASSIVE.contains(scheme)) {
            return ANY;
        }
        if (LOGGING.contains(scheme)) {
            return OF_LOG;
        }
        return MICROMETER.equals(scheme) ? OF_METRICS : isBean(scheme) ? OF_PARAMETERS : OF_OTHERS;
    }

    static boolean isBean(String scheme) {
        return BEANS.contains(scheme);
    }

    static boolean isPassive(String scheme) {
        return PASSIVE.contains(scheme);
    }

    private static EvaluatedText of(String texts, String known) {
        return new EvaluatedText(Pattern.compile(texts, Pattern.DOTALL), Pattern.compile(known, Pattern.CASE_INSENSITIVE));
    }

    /** The place, for texts that are no more than that together with what the rule has written beside them. */
    UriPlace checked(UriPlace place) {
        return this == ANY ? place : pieces -> {
            String uri = place.of(pieces);
            if (!UriPlace.isOfRule(pieces)) {
                pieces.stream().filter(piece -> !piece.isOfRule()).forEach(piece -> requireText(piece.text()));
                requireKnown(UriPlace.joined(pieces), pieces.stream().map(piece -> piece.isOfRule() ? piece.text() : LETTER).collect(Collectors.joining()));
            }
            return uri;
        };
    }

    private void requireText(String text) {
        ClientText.refuseIf(!texts.matcher(text).matches(), "a character from the request that the component may not take for text");
    }

    private void requireKnown(String whole, String ofRule) {
        ClientText.refuseIf(LoadedByCamel.isNamedIn(whole), "a resource");
        ClientText.refuseIf(count(whole) > count(ofRule), "a resource, a type or null from the request");
    }

    private long count(String text) {
        return known.matcher(LoadedByCamel.decoded(text)).results().count();
    }
}
