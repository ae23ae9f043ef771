package dev.openaigateway.recipient;

import java.util.Map;
import java.util.TreeMap;

/** Rules that use the headers {@code x-team} and {@code x-more} of a request, by their names. */
final class ClientTextRules {

    static final String AUDIT = """
            - route: { id: audit, from: { uri: "direct:audit", steps: [ { setProperty: { name: audited, simple: "yes" } } ] } }
            """;

    private ClientTextRules() {
    }

    /**
     * All of them.
     *
     * @param quota the address of a service that rules ask
     */
    static Map<String, String> all(String quota) {
        Map<String, String> rules = new TreeMap<>(EvaluatingRules.all());
        String send = "\n- to: instance:east\n";
        rules.put("reject", "- toD: \"reject:429?message=Team ${header.x-team} is over its quota.\"\n");
        rules.put("reject-all", "- toD: \"reject:429?code=${header.x-team}&type=${header.x-team}&param=${header.x-team}\"\n");
        rules.put("reject-once", "- to: { uri: reject, parameters: { status: 429, message: \"Team ${header.x-team}.\" } }\n");
        rules.put("instance", "- toD: \"instance:${header.x-team}\"\n");
        rules.put("model", "- setProperty: { name: model, simple: \"${header.x-team}\" }\n- toD: \"instance:${exchangeProperty.model}\"\n");
        rules.put("tag", "- toD: \"instance:*?tag=${header.x-team}\"\n");
        rules.put("header", "- toD: \"request:header?name=x-up&value=${header.x-team}\"" + send);
        rules.put("set", "- toD: \"request:set?user=${header.x-team}\"" + send);
        rules.put("system", "- toD: \"request:system?text=${header.x-team}\"" + send);
        rules.put("path", "- toD: { uri: \"%s/q/${header.x-team}?httpMethod=GET\", variableReceive: q }".formatted(quota) + send);
        String get = quota + "/q?httpMethod=GET&";
        rules.put("query", "- toD: { uri: \"%steam=${header.x-team}&z=b\", variableReceive: q }".formatted(get) + send);
        rules.put("enrich-query", "- enrich: { simple: \"%steam=${header.x-team}&z=b\", variableReceive: q }".formatted(get) + send);
        rules.put("list-query", "- recipientList: { simple: \"direct:audit,%steam=${header.x-team}&z=b,direct:audit\" }".formatted(get) + send);
        rules.put("query-plain", "- toD: { uri: \"%steam=${header.x-team}&z=b\", allowOptimisedComponents: false, variableReceive: q }".formatted(get) + send);
        rules.put("enrich-plain", "- enrich: { simple: \"%steam=${header.x-team}&z=b\", allowOptimisedComponents: false, variableReceive: q }".formatted(get) + send);
        String answer = "\n- to: reject:403\n";
        String user = "${exchangeProperty.user}";
        rules.put("user-query", "- toD: { uri: \"%steam=%s\", variableReceive: q }".formatted(get, user) + send);
        rules.put("user-plain", "- toD: { uri: \"%steam=%s\", allowOptimisedComponents: false, variableReceive: q }".formatted(get, user) + send);
        rules.put("user-enrich", "- enrich: { simple: \"%steam=%s\", variableReceive: q }".formatted(get, user) + send);
        rules.put("user-list", "- recipientList: { simple: \"%steam=%s\" }".formatted(get, user) + answer);
        rules.put("user-single", "- recipientList: { delimiter: 'false', simple: \"%steam=%s\" }".formatted(get, user) + answer);
        rules.put("user-path", "- toD: { uri: \"%s/q/%s/z?httpMethod=GET\", variableReceive: q }".formatted(quota, user) + send);
        rules.put("user-path-plain", "- toD: { uri: \"%s/q/%s/z?httpMethod=GET\", allowOptimisedComponents: false, variableReceive: q }".formatted(quota, user) + send);
        rules.put("user-path-enrich", "- enrich: { simple: \"%s/q/%s/z?httpMethod=GET\", variableReceive: q }".formatted(quota, user) + send);
        rules.put("user-path-list", "- recipientList: { simple: \"%s/q/%s/z?httpMethod=GET\" }".formatted(quota, user) + answer);
        rules.put("user-tag", "- toD: \"instance:*?tag=%s\"\n".formatted(user));
        rules.put("user-exclude", "- recipientList: { simple: \"instance:*?exclude=%s\" }\n".formatted(user));
        rules.put("user-model", "- toD: \"instance:east?model=a%s\"\n".formatted(user));
        rules.put("user-whole", "- toD: \"%s\"\n".formatted(user));
        rules.put("user-groovy", "- recipientList: { groovy: \"[exchangeProperties.user]\" }\n");
        rules.put("query-part", "- toD: { uri: \"%steam=a+b/${header.x-team}.\", variableReceive: q }".formatted(get) + send);
        rules.put("query-name", "- toD: { uri: \"%s/q?${header.x-team}\", variableReceive: q }".formatted(quota) + send);
        rules.put("host", "- toD: { uri: \"%s/q?httpMethod=GET\", variableReceive: q }".formatted(quota.toString().replace("127.0.0.1", "${header.x-team}.1")) + send);
        rules.put("sql", "- toD: { uri: sql, parameters: { query: \"select * from q where team = '${header.x-team}'\", dataSource: '#db' } }" + send);
        rules.put("sql-list", "- recipientList: { delimiter: ';', simple: \"direct:audit;sql:select * from q where team = '${header.x-team}'\" }" + send);
        rules.put("sql-groovy", "- recipientList: { groovy: \"'direct:audit,sql:select * from q where team = ' + headers['x-team']\" }" + send);
        rules.put("pair", "- toD: \"log:a?level=${header.x-team}${header.x-more}\"" + send);
        rules.put("pair-direct", "- toD: \"direct:audit?timeout=${header.x-team}${header.x-more}\"" + send);
        rules.put("pair-path", "- toD: { uri: \"%s/q/${header.x-team}${header.x-more}/b?httpMethod=GET\", variableReceive: q }".formatted(quota) + send);
        rules.put("pair-query", "- toD: { uri: \"%steam=${header.x-team}${header.x-more}\", variableReceive: q }".formatted(get) + send);
        rules.put("pair-brace", "- toD: { uri: \"%steam={${header.x-team}\", variableReceive: q }".formatted(get) + send);
        rules.put("bean-name", "- toD: \"bean:${header.x-team}?method=getRuntime\"" + send);
        rules.put("option", "- toD: { uri: \"%s/q?httpMethod=GET&userAgent=${header.x-team}\", variableReceive: q }".formatted(quota) + send);
        rules.put("enrich", "- enrich: { simple: \"%s/q/${header.x-team}?httpMethod=GET\", variableReceive: q }".formatted(quota) + send);
        rules.put("list", "- recipientList: { simple: \"instance:${header.x-team}\" }\n");
        rules.put("slip", "- routingSlip: { simple: \"instance:${header.x-team}\" }\n");
        rules.put("list-delimiter", "- recipientList: { delimiter: ';', simple: \"direct:audit;request:set?user=${header.x-team}\" }" + send);
        rules.put("slip-delimiter", "- routingSlip: { uriDelimiter: ';', simple: \"direct:audit;request:set?user=${header.x-team}\" }" + send);
        rules.put("list-word", "- recipientList: { delimiter: ' AND ', simple: \"direct:audit AND instance:${header.x-team}\" }\n");
        rules.put("list-dash", "- recipientList: { delimiter: '--', simple: \"instance:${header.x-team}${header.x-more}\" }\n");
        rules.put("list-single", "- recipientList: { delimiter: 'false', simple: \"request:set?user=a,direct:b,${header.x-team}\" }" + send);
        rules.put("list-parentheses", "- recipientList: { simple: \"log:a?marker=(a,direct:h?block=${header.x-team})\" }" + send);
        rules.put("router", "- dynamicRouter: { groovy: \"exchange.getProperty('CamelSlipEndpoint') == null ? 'instance:' + headers['x-team'] : null\" }\n");
        rules.put("groovy", "- recipientList: { groovy: \"'reject:429?message=' + headers['x-team']\" }\n");
        rules.put("groovy-list", "- recipientList: { groovy: \"['reject:429?message=' + headers['x-team']]\" }\n");
        rules.put("whole", "- setProperty: { name: where, simple: \"reject:429?message=${header.x-team}\" }\n- toD: \"${exchangeProperty.where}\"\n");
        rules.put("tap", "- wireTap: { uri: \"%s/q/${header.x-team}\" }".formatted(quota) + send);
        rules.put("direct", "- toD: \"direct:h-${header.x-team}?block=false\"\n");
        rules.put("logger", "- recipientList: { delimiter: ';', simple: \"direct:audit;log:team-${header.x-team}\" }" + send);
        rules.put("logger-groovy", "- recipientList: { groovy: \"'log:' + headers['x-team']\" }" + send);
        rules.put("marker", "- routingSlip: { uriDelimiter: ';', simple: \"direct:audit;log:a?marker=${header.x-team}\" }" + send);
        rules.put("bean", "- toD: \"bean:trap?method=echo(${header.x-team})\"" + send);
        rules.put("log", "- log: \"Team ${header.x-team}\"\n- setHeader: { name: a, simple: \"${header.x-team}\" }" + send);
        return rules;
    }
}
