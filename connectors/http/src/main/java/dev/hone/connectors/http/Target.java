package dev.hone.connectors.http;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.apache.hc.core5.net.URIBuilder;

/** Addresses below those that the operator allows. */
final class Target {

    private static final int LONGEST = 8_000;

    private Target() {}

    /**
     * What is asked.
     *
     * @param path plain text, which is encoded here: no character of it means anything but {@code /}
     * @throws ConnectorException of kind BAD_INPUT for a path that leads elsewhere, or too much text
     */
    static URI of(URI site, String path, Map<String, String> query) throws ConnectorException {
        if (!path.isEmpty() && !path.startsWith("/")) {
            throw bad("the path has to begin with /");
        }
        URI target;
        try {
            URIBuilder address = new URIBuilder(site);
            for (String segment :
                    path.isEmpty() ? new String[0] : path.substring(1).split("/", -1)) {
                if (segment.equals(".") || segment.equals("..")) {
                    throw bad("the path goes up or round, by . or ..");
                }
                address.appendPathSegments(segment);
            }
            query.forEach(address::addParameter);
            target = address.build();
        } catch (URISyntaxException e) {
            throw bad("the path and the query are no address");
        }
        if (target.toString().length() > LONGEST) {
            throw bad("the address has more than " + LONGEST + " characters");
        }
        return target;
    }

    private static ConnectorException bad(String what) {
        return new ConnectorException(Kind.BAD_INPUT, what, "correct the step's path or query");
    }

    /** Whether an address is an allowed one, or below it. */
    static boolean below(URI target, URI allowed) {
        String path = path(target);
        String root = path(allowed);
        return sameOrigin(target, allowed)
                && target.getRawUserInfo() == null
                && !path.contains("/../")
                && !path.endsWith("/..")
                && !path.matches("(?i).*%(2e|2f|5c).*")
                && (path.equals(root) || path.startsWith(root.endsWith("/") ? root : root + "/"));
    }

    static boolean sameOrigin(URI a, URI b) {
        return a.getHost() != null
                && a.getHost().equalsIgnoreCase(b.getHost())
                && a.getScheme().equals(b.getScheme())
                && port(a) == port(b);
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return "https".equals(address.getScheme()) ? 443 : 80;
    }

    private static String path(URI address) {
        String path = address.normalize().getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }
}
