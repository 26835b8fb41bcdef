package dev.hone.connectors.http;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.common.Address;
import dev.hone.connectors.common.Setting;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A site that workflows may ask, as the operator says it in {@code HONE_HTTP_NAME}.
 *
 * @param url what every address begins with
 * @param methods what may be done; GET alone when absent
 * @param key where the key that is sent along is found, as {@code env:NAME}
 * @param keyHeader the header that the key is sent in, as it is; when absent, {@code Authorization: Bearer KEY}
 * @param headers sent with each request
 * @param redirects other addresses that an answer may lead on to; the key is not sent there unless they are of the same origin
 * @param allowPrivate whether the site may be on this machine or in a private network; false when absent
 * @param kibibytes the most that an answer may have; 1,024 when absent
 */
record Site(
        String url,
        Optional<List<String>> methods,
        Optional<String> key,
        Optional<String> keyHeader,
        Optional<Map<String, String>> headers,
        Optional<List<String>> redirects,
        Optional<Boolean> allowPrivate,
        Optional<Integer> kibibytes) {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final int DEFAULT_KIBIBYTES = 1_024;
    private static final int MOST_KIBIBYTES = 16_384;
    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
    private static final String PRINTABLE = "[\\x20-\\x7e]*";

    /** @throws ConnectorException of kind BAD_INPUT or UNKNOWN when there is none of this name, BROKEN when it is not one */
    static Setting<Site> of(String name, UnaryOperator<String> variables) throws ConnectorException {
        Setting<Site> setting =
                Setting.named("http", name, Site.class, "{\"url\": \"https://api.example.org/v1\"}", variables);
        Site site = setting.value();
        if (site.url == null) {
            throw setting.broken("needs a url");
        }
        site.addresses(setting);
        if (!METHODS.containsAll(site.methods.orElse(List.of()))) {
            throw setting.broken(
                    "has methods other than " + METHODS.stream().sorted().toList());
        }
        for (Map.Entry<String, String> header : site.headers.orElse(Map.of()).entrySet()) {
            if (!header.getKey().matches(TOKEN)
                    || header.getValue() == null
                    || !header.getValue().matches(PRINTABLE)) {
                throw setting.broken("has a header that cannot be sent");
            }
        }
        if (!site.keyHeader.orElse("Authorization").matches(TOKEN)) {
            throw setting.broken("has a keyHeader that is no name of one");
        }
        setting.within("kibibytes", site.kibibytes.orElse(1), MOST_KIBIBYTES);
        return setting;
    }

    URI address(Setting<Site> setting) throws ConnectorException {
        return Address.of(url, key.isPresent(), setting);
    }

    /** The own one, and those that redirects may lead to. */
    List<URI> addresses(Setting<Site> setting) throws ConnectorException {
        List<URI> all = new ArrayList<>(List.of(address(setting)));
        for (String redirect : redirects.orElse(List.of())) {
            all.add(Address.of(redirect, false, setting));
        }
        return all;
    }

    boolean allows(String method) {
        return methods.orElse(List.of("GET")).contains(method);
    }

    int mostBytes() {
        return kibibytes.orElse(DEFAULT_KIBIBYTES) << 10;
    }
}
