package dev.openaigateway.recipient;

import dev.openaigateway.openai.ApiException;
import dev.openaigateway.support.PlainContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The URI that Camel gets for the headers a and b. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UriTemplateTest {

    private final DefaultCamelContext context = PlainContext.create();

    @BeforeAll
    void start() {
        context.start();
    }

    @AfterAll
    void stop() throws IOException {
        context.close();
    }

    private Object uri(String template, String delimiter, String a, String b) {
        Expression original = context.resolveLanguage("simple").createExpression(template);
        original.init(context);
        Exchange exchange = new DefaultExchange(context);
        exchange.getIn().setHeader("a", a);
        exchange.getIn().setHeader("b", b);
        return UriTemplate.of(context, template, delimiter == null ? Delimiter.NONE : new Delimiter(delimiter, false), original).recipients(exchange);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            instance:${header.a}                     |   | gpt-4o/mini:x | | instance:gpt-4o/mini:x
            instance:${header.a}                     |   | ä 😀          | | instance:%C3%A4%20%F0%9F%98%80
            direct:h?timeout=${header.a}&block=false |   | 1&2=3         | | direct:h?timeout=RAW(1&2=3)&block=false
            direct:h?timeout=RAW(${header.a})        |   | 1 2           | | direct:h?timeout=RAW(1 2)
            direct:h?timeout=a%20b${header.a}        |   | x+(y)         | | direct:h?timeout=RAW{a bx+(y)}
            bean:h?method=m(${header.a})             |   | ft:a:b::c     | | bean:h?method=m(ft%3Aa%3Ab%3A%3Ac)
            bean:h?method=m(${header.a})             |   | a+b@c.d       | | bean:h?method=RAW{m(a+b@c.d)}
            bean:h?method=m(null, ${header.a})       |   | ö             | | bean:h?method=m(null, %C3%B6)
            micrometer:counter:a?tags=b=${header.a}  |   | R&D (x)       | | micrometer:counter:a?tags=RAW{b=R&D (x)}
            http://h/q?a=${header.a}&b=${header.b}   |   | x+y           | z | http://h/q?a=RAW(x+y)&b=z
            http://h/q?a=${header.a}${header.b}      |   | x)&           | y= | http://h/q?a=RAW{x)&y=}
            http://h/q?a=RAW(${header.a})            |   | x+y           | | http://h/q?a=RAW(x+y)
            http://h/q?a=1+${header.a},direct:b      | , | x&y           | | http://h/q?a=RAW{1 x&y},direct:b
            http://h/q?a=${header.a}                 | , | x,y           | | http://h/q?a=x%2Cy
            http://h/q?userAgent=${header.a}         | , | x&proxyHost=y | | http://h/q?userAgent=RAW{x&proxyHost=y}
            http://${header.a}.h:80/q                |   | team-1        | | http://team-1.h:80/q
            direct:a;request:set?user=${header.a}    | ; | ${env.X}      | | direct:a;request:set?user=%24%7Bheader.a%7D
            sql:select 1?dataSource=#${header.a}     |   | eu            | | sql:select 1?dataSource=#eu
            file:../out/${header.a}                  |   | b             | | file:../out/b
            log:a?level=${header.a}                  |   | ä/b:c         | | log:a?level=%C3%A4%2Fb%3Ac
            """)
    void shouldKeepATextAText(String template, String delimiter, String a, String b, String uri) {
        assertThat(uri(template, delimiter, a, b)).isEqualTo(uri);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            log:a?level=${header.a}${header.b}     |   | {     | {env:X}}
            log:a?level=${header.a}${header.b}     |   | $     | {env.X}
            log:a?level=${header.a}${header.b}     |   | %2    | 4%7Benv.X}
            direct:a?x=${header.a}${header.b}      |   | RA    | W(x)
            direct:a?x=${header.a}${header.b}      |   | #     | bean:x
            file:/out/${header.a}${header.b}/x     |   | .     | .
            file:/out/.${header.a}                 |   | ./x   |
            file:/out/${header.a}                  |   | ..;   |
            http://h/q?a={${header.a}              |   | {x}}  |
            direct:h?timeout=RAW(${header.a})      |   | 1)&x= |
            direct:a?x=${header.a}                 |   | 1&)}  |
            direct:a?x=${header.a},direct:b        | , | 1&(b  |
            bean:h?method=m(${header.a})           |   | resource:file:x |
            bean:h?method=m(${header.a}${header.b}) |  | resou | rce:file:x |
            bean:h?method=m(resource:${header.a})  |   | file:x |
            bean:h?method=m(r%65source:${header.a}) |  | file:x |
            bean:h?method=m(a, ${header.a})        |   | String.class |
            bean:h?method=m(null, ${header.a})     |   | null  |
            bean:h?method=m(null, ${header.a}${header.b}) | | nu | ll |
            micrometer:counter:${header.a}         |   | resource:x |
            micrometer:counter:a?tags=b=${header.a} |  | x,c=d |
            xslt:${header.a}                       |   | file:x |
            xslt:a?x=${header.a}${header.b}        |   | htt   | p:b |
            ~direct:a,${header.a}~                 | , | bean:java.lang.Runtime |
            http://h/q?a=${header.a}${header.b}    |   | {     | {x}}
            http://h/q?a=RAW(${header.a})          |   | x)&y= |
            http://h/q?${header.a}                 |   | x     |
            http://h/q?a=b&${header.a}=c           |   | x     |
            http://h/q?userAgent=${header.a}       |   | x&y=z |
            http://${header.a}/q                   |   | h:80  |
            sql:select ${header.a}                 |   | 1     |
            direct:a;sql:select ${header.a}        | ; | 1     |
            direct:a;${header.a}                   | ; | sql:x |
            bean:${header.a}                       |   | java.lang.Runtime |
            bean:x?method=y(${header.a})           |   | a,b   |
            sql:select 1?dataSource=#${header.a}   |   | class:x |
            instance:a--${header.a}${header.b}     | -- | x-   | -direct:y
            log:a?marker=(a,direct:${header.a})    | , | a?b=c |
            log:${header.a}                        |   | red   |
            log:team-${header.a}?level=DEBUG       |   | red   |
            log:a?level=INFO&marker=${header.a}    |   | red   |
            log:a?Mark-er=${header.a}              |   | red   |
            log:a?logger=${header.a}               |   | red   |
            direct:a,log:${header.a}               | , | red   |
            direct:a;log:b?marker=${header.a}      | ; | red   |
            log:a?marker=(b,${header.a}            | , | red   |
            """)
    void shouldRefuseWhatIsMore(String template, String delimiter, String a, String b) {
        assertThatThrownBy(() -> uri(template, delimiter, a, b)).isInstanceOf(ApiException.class).hasMessageContaining("A rule did not send the request on");
    }
}
