package dev.hone.connectors.common;

import dev.hone.connectors.api.ConnectorException;
import java.net.URI;

/** An address of HTTP as an operator gives it. */
public final class Address {

    private Address() {}

    /**
     * Without a slash at its end.
     *
     * @param keyed whether a key is sent there, which takes https, or this machine
     * @throws ConnectorException of kind BROKEN
     */
    public static URI of(String url, boolean keyed, Setting<?> setting) throws ConnectorException {
        URI address;
        try {
            address = URI.create(url.strip().replaceAll("/+$", "")).normalize();
        } catch (IllegalArgumentException e) {
            throw setting.broken("has a url that is none");
        }
        boolean secure = "https".equals(address.getScheme());
        if (!secure && !"http".equals(address.getScheme()) || address.getHost() == null) {
            throw setting.broken("has a url that is no http address");
        }
        if (address.getRawUserInfo() != null || address.getRawQuery() != null || address.getRawFragment() != null) {
            throw setting.broken("has a url with a user, a query or a fragment, which are not sent");
        }
        if (keyed && !secure && !address.getHost().matches("localhost|127\\..*|\\[::1\\]")) {
            throw setting.broken("would send a key over http to another machine");
        }
        return address;
    }
}
