package dev.openaigateway.recipient;

import java.util.Map;
import java.util.TreeMap;

/** Rules that put the headers {@code x-team} and {@code x-more} of a request where a component evaluates a text, by their names. */
final class EvaluatingRules {

    /** Those that answer with what the bean got. */
    static final Map<String, String> ECHOES = echoes();
    static final Map<String, String> METRICS = metrics();

    private EvaluatingRules() {
    }

    private static Map<String, String> echoes() {
        Map<String, String> rules = new TreeMap<>();
        String answer = ", variableReceive: out }\n- to: \"reject:403?message=Got ${variable.out}.\"\n";
        rules.put("echo", "- toD: { uri: \"bean:trap?method=echo(${header.x-team})\"" + answer);
        rules.put("echo-quoted", "- toD: { uri: \"bean:trap?method=echo('${header.x-team}')\"" + answer);
        rules.put("echo-second", "- toD: { uri: \"bean:trap?method=second('fix', ${header.x-team})\"" + answer);
        rules.put("echo-null", "- toD: { uri: \"bean:trap?method=second(null, ${header.x-team})\"" + answer);
        rules.put("echo-parameters", "- toD: { uri: bean:trap, parameters: { method: \"echo(${header.x-team})\" }" + answer);
        rules.put("echo-pair", "- toD: { uri: \"bean:trap?method=echo(${header.x-team}${header.x-more})\"" + answer);
        rules.put("echo-enrich", "- enrich: { simple: \"bean:trap?method=echo(${header.x-team})\"" + answer);
        rules.put("echo-groovy", "- enrich: { groovy: \"'bean:trap?method=echo(' + request.headers['x-team'] + ')'\"" + answer);
        return rules;
    }

    private static Map<String, String> metrics() {
        Map<String, String> rules = new TreeMap<>();
        String send = "\n- to: instance:east\n";
        rules.put("metric-name", "- toD: \"micrometer:counter:${header.x-team}\"" + send);
        rules.put("metric-name-part", "- toD: \"micrometer:counter:team.${header.x-team}\"" + send);
        rules.put("metric-tags", "- toD: \"micrometer:counter:tagged?tags=team=${header.x-team}\"" + send);
        rules.put("metric-tap", "- wireTap: { uri: \"micrometer:counter:tapped?tags=team=${header.x-team}\" }" + send);
        rules.put("metric-list", "- recipientList: { delimiter: ';', simple: \"micrometer:counter:listed?tags=team=${header.x-team};direct:audit\" }" + send);
        rules.put("metric-slip", "- routingSlip: { simple: \"micrometer:counter:slipped?tags=team=${header.x-team}\" }" + send);
        rules.put("metric-pair", "- toD: \"micrometer:counter:paired?tags=team=${header.x-team}${header.x-more}\"" + send);
        return rules;
    }

    static Map<String, String> all() {
        Map<String, String> rules = new TreeMap<>(ECHOES);
        rules.putAll(METRICS);
        String send = "\n- to: instance:east\n";
        rules.put("metric-increment", "- toD: \"micrometer:counter:increased?increment=${header.x-team}\"" + send);
        rules.put("metric-groovy", "- recipientList: { groovy: \"'micrometer:counter:computed?tags=team=' + headers['x-team']\" }" + send);
        rules.put("metric-literal", "- toD: \"micrometer:counter:resou${header.x-team}\"" + send);
        rules.put("bean-method", "- toD: \"bean:trap?method=${header.x-team}\"" + send);
        rules.put("bean-list", "- recipientList: { simple: \"bean:trap?method=echo(${header.x-team})\" }" + send);
        rules.put("bean-tap", "- wireTap: { uri: \"bean:trap?method=echo(${header.x-team})\" }" + send);
        rules.put("where", "- setProperty: { name: where, simple: \"bean:trap?method=echo(${header.x-team})\" }\n- toD: \"${exchangeProperty.where}\"" + send);
        return rules;
    }
}
