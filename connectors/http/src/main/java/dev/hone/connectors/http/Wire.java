package dev.hone.connectors.http;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * The two clients, for whoever asks where others have said: they send a request once, follow nothing, unpack nothing, keep no cookies and read what is HTTP alone.
 */
public final class Wire {

    private static final int CONNECT_SECONDS = 10;
    private static final int CONNECTIONS = 256;
    private static final int LONGEST_LINE = 16 << 10;
    private static final int MOST_HEADERS = 200;

    /** To the public internet alone. */
    public static final CloseableHttpClient PUBLIC = client(new Pinned());

    /** To anywhere. */
    public static final CloseableHttpClient ANYWHERE = client(SystemDefaultDnsResolver.INSTANCE);

    /** Tells an answer that is no HTTP from one that breaks off in a header, which stays a {@link ParseException}. */
    private static final class Parser extends DefaultHttpResponseParser {
        Parser(Http1Config http) {
            super(http);
        }

        @Override
        protected ClassicHttpResponse createMessage(CharArrayBuffer line) throws IOException, HttpException {
            try {
                return super.createMessage(line);
            } catch (ParseException e) {
                throw new ProtocolException("the answer begins with " + line, e);
            }
        }
    }

    private Wire() {}

    private static CloseableHttpClient client(DnsResolver names) {
        Http1Config http = Http1Config.custom()
                .setMaxLineLength(LONGEST_LINE)
                .setMaxHeaderCount(MOST_HEADERS)
                .build();
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(names)
                        .setSchemePortResolver(DefaultSchemePortResolver.INSTANCE)
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(http)
                                .responseParserFactory(unused -> new Parser(http))
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                                .build())
                        .setMaxConnTotal(CONNECTIONS)
                        .setMaxConnPerRoute(CONNECTIONS)
                        .build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }
}
