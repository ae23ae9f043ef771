package dev.openaigateway.reload.registry;

import org.apache.camel.CamelContext;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.language.simple.SimpleLanguage;

/**
 * Camel's language {@code simple}, which keeps what it has parsed for all texts that are the same. An expression with <code>${bean:NAME}</code> holds the bean
 * that had this name when it was parsed, so that it is parsed for each step instead: another version of the files has another bean. Thread-safe.
 */
public final class BeanExpressions extends SimpleLanguage {

    private static final String NAME = "simple-language";
    private static final String BEAN = "bean:";
    /** A file, which may ask for a bean. */
    private static final String RESOURCE = "resource:";

    /** It is not initialized, and so keeps nothing. */
    private final SimpleLanguage forgetting = new SimpleLanguage();

    private BeanExpressions() {
    }

    /** To be called before the context resolves the language. */
    public static void install(CamelContext context) {
        context.getRegistry().bind(NAME, new BeanExpressions());
    }

    @Override
    public void setCamelContext(CamelContext context) {
        super.setCamelContext(context);
        forgetting.setCamelContext(context);
    }

    private static boolean mayHoldBean(String text) {
        return text != null && (text.contains(BEAN) || text.startsWith(RESOURCE));
    }

    @Override
    public Predicate createPredicate(String text) {
        return mayHoldBean(text) ? forgetting.createPredicate(text) : super.createPredicate(text);
    }

    @Override
    public Expression createExpression(String text) {
        return mayHoldBean(text) ? forgetting.createExpression(text) : super.createExpression(text);
    }
}
